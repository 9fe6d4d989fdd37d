import { traceOf } from '@tributary/connect-api';
import { describe, expect, it } from 'vitest';
import { StringConverter, plugins } from './index.js';

describe('the manifest', () => {
  it('lists every converter by the reference’s name, with its version and the property that all have', () => {
    const names = (plugins.converters ?? []).map(({ className }) => className);
    expect(names).toEqual([
      'org.apache.kafka.connect.converters.BooleanConverter',
      'org.apache.kafka.connect.converters.ByteArrayConverter',
      'org.apache.kafka.connect.converters.DoubleConverter',
      'org.apache.kafka.connect.converters.FloatConverter',
      'org.apache.kafka.connect.converters.IntegerConverter',
      'org.apache.kafka.connect.json.JsonConverter',
      'org.apache.kafka.connect.converters.LongConverter',
      'org.apache.kafka.connect.converters.ShortConverter',
      'org.apache.kafka.connect.storage.StringConverter',
    ]);
    for (const type of plugins.converters ?? []) {
      expect(new type().version?.()).toBe('4.3.1');
      expect([...new type().config().keys.keys()][0]).toBe('converter.type');
    }
    expect((plugins.headerConverters ?? []).map(({ className }) => className)).toEqual([
      ...names,
      'org.apache.kafka.connect.storage.SimpleHeaderConverter',
    ]);
  });
});

describe('bytes that cannot be read', () => {
  it.each([
    ['LongConverter', 'Size of data received by LongDeserializer is not 8'],
    ['BooleanConverter', 'Size of data received by BooleanDeserializer is not 1'],
    ['JsonConverter', 'Invalid JSON at character 1: a value expected'],
  ])('are told of by the reference’s class for them: %s', (name, reason) => {
    const type = (plugins.converters ?? []).find(({ className }) => className?.endsWith(`.${name}`));
    const converter = type === undefined ? undefined : new type();
    converter?.configure({ configs: {}, isKey: false });
    let trace = '';
    try {
      converter?.toConnectData('t', Buffer.from('[x'));
    } catch (error) {
      trace = traceOf(error);
    }
    expect(trace).toContain(`Caused by: org.apache.kafka.common.errors.SerializationException: ${reason}\n`);
  });
});

describe('StringConverter', () => {
  it('names a charset that it does not know', () => {
    const configs = { 'converter.encoding': 'Big5' };
    expect(() => new StringConverter().configure({ configs, isKey: true })).toThrow(
      expect.objectContaining({
        message: 'Unsupported encoding Big5',
        cause: expect.objectContaining({ message: expect.stringMatching(/^Encoding must be one of: UTF-8, /) }),
      }),
    );
  });
});
