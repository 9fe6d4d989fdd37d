import { describe, expect, it } from 'vitest';
import { unsupportedProperties } from './unsupported-properties.js';

describe('unsupportedProperties', () => {
  it('names what a client cannot honour and nothing else', () => {
    const properties = {
      'bootstrap.servers': 'localhost:9092',
      acks: 'all',
      'interceptor.classes': 'com.example.Interceptor',
      'key.serializer': 'org.apache.kafka.common.serialization.ByteArraySerializer',
      'some.plugin.setting': 'x',
    };
    expect(unsupportedProperties('producer', properties)).toEqual(['interceptor.classes']);
    expect(unsupportedProperties('admin', properties)).toEqual([]);
  });

  it('accepts values that ask for nothing special', () => {
    expect(unsupportedProperties('consumer', { 'enable.auto.commit': 'false', 'group.protocol': 'classic' })).toEqual(
      [],
    );
    expect(unsupportedProperties('consumer', { 'enable.auto.commit': 'true', 'group.protocol': 'consumer' })).toEqual([
      'enable.auto.commit',
      'group.protocol',
    ]);
  });
});
