import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environmentProperties, loadWorkerProperties } from './load-worker-properties.js';

describe('loadWorkerProperties', () => {
  let dir = '';
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'properties-'));
    writeFileSync(join(dir, 'worker.properties'), 'group.id=from-file\nplugin.path=/plugins\n');
    writeFileSync(join(dir, 'broken.properties'), 'a=\\u1');
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  it('lets the environment win over the file', () => {
    expect(loadWorkerProperties([join(dir, 'worker.properties')], { CONNECT_GROUP_ID: 'from-env', HOME: '/' })).toEqual(
      {
        'group.id': 'from-env',
        'plugin.path': '/plugins',
      },
    );
  });

  it('does without a file', () => {
    expect(loadWorkerProperties([], { CONNECT_GROUP_ID: 'g' })).toEqual({ 'group.id': 'g' });
  });

  it('names a file that cannot be read', () => {
    const missing = join(dir, 'missing.properties');
    expect(() => loadWorkerProperties([missing], {})).toThrow(`Could not read properties from file ${missing}`);
    expect(() => loadWorkerProperties([join(dir, 'broken.properties')], {})).toThrow(
      /broken\.properties: Malformed escape/,
    );
  });

  it('maps one, two and three underscores', () => {
    expect(
      environmentProperties({ CONNECT_A_B: '1', CONNECT_A__B: '2', CONNECT_A___B: '3', CONNECT_: 'x', CONNECTOR: 'y' }),
    ).toEqual({
      'a.b': '1',
      a_b: '2',
      'a-b': '3',
    });
  });
});
