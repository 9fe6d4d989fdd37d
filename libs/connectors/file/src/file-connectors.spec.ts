import type { SourceOffset, SourcePartition } from '@tributary/connect-api';
import { describe, expect, it } from 'vitest';
import plugins, { FileStreamSinkConnector, FileStreamSourceConnector } from './index.js';

const FILE = { file: '/a', topic: 't' };
const source = new FileStreamSourceConnector();

function alter(partition: SourcePartition, offset: SourceOffset | null): boolean {
  return source.alterOffsets(FILE, new Map([[partition, offset]]));
}

describe('FileStreamSourceConnector', () => {
  it('has one task, whose configuration is the connector’s', () => {
    const connector = new FileStreamSourceConnector();
    connector.start(FILE);
    expect(connector.taskConfigs()).toEqual([FILE]);
  });

  it('refuses to start without a topic', () => {
    expect(() => new FileStreamSourceConnector().start({ file: '/a' })).toThrow('topic');
    expect(() => new FileStreamSourceConnector().start({ file: '/a', topic: '' })).toThrow(
      'Invalid value  for configuration topic: String must be non-empty',
    );
  });

  it('can promise exactly-once delivery from a file only', () => {
    expect(source.exactlyOnceSupport(FILE)).toBe('SUPPORTED');
    expect(source.exactlyOnceSupport({ topic: 't' })).toBe('UNSUPPORTED');
  });

  it('accepts positions, and null, which forgets one', () => {
    expect(alter({ filename: '/a' }, { position: 5 })).toBe(true);
    expect(alter({ filename: '/other' }, { position: 0 })).toBe(true);
    expect(alter({ anything: 1 }, null)).toBe(true);
  });

  it.each([
    [{ filename: '/a' }, { p: 1 }, "Offset objects should either be null or contain the key 'position'"],
    [
      { filename: '/a' },
      { position: '1' },
      "The value for the 'position' key in the offset is expected to be a Long value",
    ],
    [
      { filename: '/a' },
      { position: 1.5 },
      "The value for the 'position' key in the offset is expected to be a Long value",
    ],
    [
      { filename: '/a' },
      { position: -1 },
      "The value for the 'position' key in the offset should be a non-negative value",
    ],
    [{ a: 'b' }, { position: 1 }, "Partition objects should contain the key 'filename'"],
  ])('refuses the offset %j %j as the reference does', (partition, offset, message) => {
    expect(() => alter(partition, offset)).toThrow(message);
  });

  it('refuses offsets where it reads standard input', () => {
    expect(() => source.alterOffsets({ topic: 't' }, new Map())).toThrow(
      "Offsets cannot be modified if the 'file' configuration is unspecified. This is because stdin is used for input and offsets are not tracked.",
    );
  });
});

describe('FileStreamSinkConnector', () => {
  it('gives every task the same configuration', () => {
    const connector = new FileStreamSinkConnector();
    connector.start(FILE);
    expect(connector.taskConfigs(2)).toEqual([FILE, FILE]);
    expect(connector.alterOffsets()).toBe(true);
  });
});

describe('the manifest', () => {
  it('lists both connectors by the reference’s names', () => {
    expect([...(plugins.sources ?? []), ...(plugins.sinks ?? [])].map(({ className }) => className)).toEqual([
      'org.apache.kafka.connect.file.FileStreamSourceConnector',
      'org.apache.kafka.connect.file.FileStreamSinkConnector',
    ]);
  });
});
