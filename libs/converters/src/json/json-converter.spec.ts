import { SchemaBuilder, Schemas, Struct, type ConnectValue } from '@tributary/connect-api';
import { describe, expect, it } from 'vitest';
import { JsonConverter } from './json-converter.js';

function converter(configs: Readonly<Record<string, string>> = {}): JsonConverter {
  const json = new JsonConverter();
  json.configure({ configs, isKey: false });
  return json;
}

const plain = converter({ 'schemas.enable': 'false' });

function read(text: string): ConnectValue {
  return plain.toConnectData('t', Buffer.from(text)).value;
}

function write(value: ConnectValue): unknown {
  return plain.fromConnectData('t', null, value);
}

describe('JsonConverter without schemas', () => {
  it.each([
    '{"id":9007199254740993}',
    '[-9223372036854775808,9223372036854775807,9007199254740991]',
    '{"v":1.0,"w":100.0,"x":1.5}',
    '{"A":5,"1":4}',
    '{"1":4,"A":5}',
    '{"x":{"9":1,"10":2}}',
    '{"__proto__":{"a":1}}',
    '"\\uD83D\\uDE00"',
  ])('writes %s again as it was read', (text) => {
    expect(write(read(text))).toBe(text);
  });

  it('has numbers for integers while they are exact, bigints beyond', () => {
    expect(read('[9007199254740991,9007199254740992]')).toEqual([9007199254740991, 9007199254740992n]);
  });

  it('keeps a key that would change the prototype as a plain member', () => {
    const value = read('{"__proto__":{"polluted":true},"b":1}');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(Object(value))).toContain('__proto__');
  });

  it('writes no text that is nested deeper than it would read, also after one that it has refused', () => {
    const nested = (levels: number) => {
      let value: ConnectValue = [1.5, 'x'];
      for (let level = 1; level < levels; level++) value = { a: value };
      return value;
    };
    for (let round = 0; round < 2; round++) {
      expect(String(write(nested(1000)))).toHaveLength(6 * 999 + 9);
      expect(() => write(nested(1001))).toThrow(
        'Converting Kafka Connect data to byte[] failed due to serialization error',
      );
      expect(String(converter().fromConnectData('t', null, nested(999)))).toContain('[1.5,"x"]');
      expect(() => converter().fromConnectData('t', null, nested(1000))).toThrow('serialization error');
    }
  });

  it('is not misled by numbers inside strings', () => {
    const text = '{"s":"a: 1.0, [2.0] 12345678901234567890 \\" : 3.0","d":4.0}';
    expect(read(text)).toMatchObject({ s: 'a: 1.0, [2.0] 12345678901234567890 " : 3.0', d: { value: 4 } });
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(() => plain.toConnectData('t', Buffer.from([0x22, 0xff, 0x22]))).toThrow(
      'Converting byte[] to Kafka Connect data failed due to serialization error: ',
    );
    expect(read('"\ufffd"')).toBe('\ufffd');
  });
});

describe('JsonConverter with schemas', () => {
  const schema = SchemaBuilder.struct().name('S').field('a', Schemas.INT32).field('b', Schemas.OPTIONAL_STRING).build();

  it('shares one schema object between messages that begin alike, also when other schemas come between', () => {
    const json = converter({ 'schemas.cache.size': '2' });
    const messages = Array.from({ length: 12 }, (_, index) => {
      const one = SchemaBuilder.struct().name(`S${index}`).field('a', Schemas.INT32).build();
      return Buffer.from(String(json.fromConnectData('t', one, new Struct(one).put('a', index))));
    });
    for (const message of [...messages, ...messages]) {
      const { value } = json.toConnectData('t', message);
      expect(value).toBeInstanceOf(Struct);
      expect(Buffer.from(String(json.fromConnectData('t', json.toConnectData('t', message).schema, value)))).toEqual(
        message,
      );
    }
    const [message = Buffer.alloc(0)] = messages;
    expect(json.toConnectData('t', message).schema).toBe(json.toConnectData('t', message).schema);
  });

  it('sees a second payload and other members behind a beginning that it knows', () => {
    const json = converter();
    const text = String(json.fromConnectData('t', schema, new Struct(schema).put('a', 1)));
    json.toConnectData('t', Buffer.from(text));
    const twice = Buffer.from(text.replace(/}$/, ',"payload":{"a":2}}'));
    expect(json.toConnectData('t', twice).value).toMatchObject({ schema: { name: 'S' } });
    expect(String(json.toConnectData('t', twice).value)).toBe('Struct{a=2}');
    expect(() => json.toConnectData('t', Buffer.from(text.replace(/}$/, ',"more":1}')))).toThrow(
      'may not contain additional fields',
    );
  });

  it('reads a message that is shorter than a beginning that it knows', () => {
    const read = converter({});
    const message = (schema: object, payload: unknown) => Buffer.from(JSON.stringify({ schema, payload }));
    read.toConnectData('t', message({ type: 'string', optional: false, name: 'a.long.name', doc: 'about it' }, 'x'));
    expect(read.toConnectData('t', message({ type: 'int8' }, 1)).value).toBe(1);
  });

  it('fails on a schema.content that is no JSON or no schema', () => {
    expect(() => converter({ 'schema.content': '{' })).toThrow(
      'Failed to parse schema in converter config due to serialization error: ',
    );
    expect(() => converter({ 'schema.content': '{}' })).toThrow("Schema must contain 'type' field");
  });

  it('names a property with a wrong value', () => {
    expect(() => converter({ 'schemas.enable': 'maybe' })).toThrow(
      'Invalid value maybe for configuration schemas.enable: Expected value to be either true or false',
    );
    expect(() => converter({ 'decimal.format': 'HEX' })).toThrow('decimal.format');
  });

  it('serves for headers too', () => {
    const json = new JsonConverter();
    json.configure({ 'schemas.enable': 'false' });
    expect(json.fromConnectHeader('t', 'h', Schemas.INT32, 5)).toBe('5');
    expect(json.toConnectHeader('t', 'h', Buffer.from('5'))).toEqual({ schema: null, value: 5 });
  });
});
