import { MINIMAL_WORKER } from '@tributary/testing';
import { describe, expect, it } from 'vitest';
import { WorkerConfig } from '../worker/worker-config.js';
import { converterSetting } from './converter-setting.js';

const worker = WorkerConfig.parse(
  {
    ...MINIMAL_WORKER,
    'key.converter': 'WorkerKey',
    'key.converter.schemas.enable': 'false',
  },
  'task-executor',
  () => undefined,
);

describe('converterSetting', () => {
  it("gives the worker's converter only the worker's properties", () => {
    expect(converterSetting({ 'key.converter.own': 'x' }, 'key.converter', worker)).toEqual({
      className: 'WorkerKey',
      version: undefined,
      configs: { 'converter.type': 'key', 'schemas.enable': 'false' },
    });
  });

  it("gives the connector's converter only the connector's properties", () => {
    const config = {
      'key.converter': ' Json ',
      'key.converter.own': 'x',
      'key.converter.plugin.version': '1.0',
      other: null,
    };
    expect(converterSetting(config, 'key.converter', worker)).toEqual({
      className: 'Json',
      version: '1.0',
      configs: { 'converter.type': 'key', own: 'x' },
    });
  });

  it('has a header converter without any setting', () => {
    expect(converterSetting({}, 'header.converter', worker).className).toBe(
      'org.apache.kafka.connect.storage.SimpleHeaderConverter',
    );
  });
});
