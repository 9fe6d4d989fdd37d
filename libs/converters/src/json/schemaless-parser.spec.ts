import { keysInOrder, type ConnectValue, type PlainObject } from '@tributary/connect-api';
import { describe, expect, it } from 'vitest';
import { schemalessValue } from './json-reader.js';
import { readJson } from './parse-json.js';
import { SchemalessParser, UNREAD } from './schemaless-parser.js';

/** With the order of members, which counts, and what is 1.0 told from what is 1. */
function told(value: ConnectValue): unknown {
  if (Array.isArray(value)) return value.map(told);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const object = value as PlainObject;
  return keysInOrder(object).map((key) => [key, told(object[key])]);
}

const slow = (text: string) => readJson(text, 'schemaless', schemalessValue);

/** Reads the text several times: the keys are unknown, then known, then objects are made by a compiled function. */
function read(text: string): unknown[] {
  const parser = new SchemalessParser();
  const values = Array.from({ length: 150 }, () => parser.read(text));
  return [values[0], values[1], values[149]].map((value) => (value === UNREAD ? value : told(value as ConnectValue)));
}

describe('SchemalessParser', () => {
  it.each([
    '{"id":1,"name":"x","more":{"b":[1,{"a":null}],"a":true},"none":{},"empty":[]}',
    '{"a": 1, "b": [1, 2], "c": {"d": false}}',
    '{ "a" : 1 , "b" : [ 1 , { "c" : 2 } ] }',
    '[{"a":1,"b":2},{"b":1,"a":2},{"a":1},{}]',
    '{"zeta":1,"alpha":2,"Mid":3,"0":4,"17":5,"007":6}',
    '{"5":1}',
    '{"__proto__":{"a":1},"constructor":2}',
    '{"a":{"a":{"a":{"b":1,"a":2}}}}',
    '[0,-1,123456789012345,-123456789012345,1234567890123456,12345678901234567890]',
    '[0.5,-0.25,10.25,1.0,1.10,0.0,-0.0,123456789.123456,1234567890.1234567,9007199254740993.5,0.000001,1e2,1E-7,1.5e3]',
    '["", "é", "😀", "a/b", "true", "1"]',
    '"text"',
    '5',
    'true',
    'null',
    '{"é":"ü","😀":1}',
  ])('reads %s as the long way does', (text) => {
    const expected = told(slow(text));
    expect(read(text)).toEqual([expected, expected, expected]);
  });

  it.each([
    '',
    ' ',
    '{',
    '{"id":',
    '{"a"}',
    '{"a":}',
    '{"a":1',
    '{"a":1,}',
    '{"a":1,"a":2}',
    '{a:1}',
    '{"a":1 "b":2}',
    '[1,]',
    '[1 2]',
    '[',
    '"open',
    '"esc\\n"',
    '"tab\t"',
    '{"a":1}{',
    '{"a":1} ',
    '1 2',
    '01',
    '-',
    '1.',
    '.5',
    '+1',
    '1e',
    'truth',
    'nul',
    '[truefalse]',
  ])('leaves %s to the long way', (text) => {
    expect(read(text)).toEqual([UNREAD, UNREAD, UNREAD]);
  });

  it.each([
    ['a number of too many digits', `[${'1'.repeat(1001)}]`],
    ['a long text', `"${'x'.repeat(4000)}"`],
    ['deep nesting', `${'['.repeat(60)}${']'.repeat(60)}`],
  ])('leaves %s to the long way', (_, text) => {
    expect(read(text)).toEqual([UNREAD, UNREAD, UNREAD]);
  });

  it('knows no negative zero', () => {
    expect(read('-0')).toEqual([0, 0, 0]);
  });

  it('reads texts of many forms, one after the other, as the long way does', () => {
    const random = generator(4711);
    const parser = new SchemalessParser();
    let short = 0;
    for (let n = 0; n < 20_000; n++) {
      const text = JSON.stringify(anyValue(random, 0)) ?? 'null';
      const value = parser.read(text);
      if (value === UNREAD) continue;
      short++;
      expect(told(value as ConnectValue)).toEqual(told(slow(text)));
    }
    expect(short).toBeGreaterThan(15_000);
  });

  it('takes no more texts after a thousand in a row that it could not read', () => {
    const parser = new SchemalessParser();
    for (let n = 0; n < 999; n++) parser.read('{"a":1,"a":2}');
    expect(parser.read('{"a":1}')).not.toBe(UNREAD);
    for (let n = 0; n < 1000; n++) parser.read('{"a":1,"a":2}');
    expect(parser.read('{"a":1}')).toBe(UNREAD);
  });
});

function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
}

function anyValue(random: (below: number) => number, depth: number): unknown {
  switch (random(depth > 3 ? 6 : 8)) {
    case 0:
      return random(1000) - 500;
    case 1:
      return (random(2 ** 30) - 2 ** 29) * 10 ** (random(20) - 10);
    case 2:
      return ['', 'x', 'long enough to be a part', 'é', 'a "quote"'][random(5)];
    case 3:
      return random(2) === 0;
    case 4:
      return null;
    case 5:
      return random(2 ** 30) * 2 ** 20;
    case 6:
      return Array.from({ length: random(4) }, () => anyValue(random, depth + 1));
    default:
      return Object.fromEntries(
        Array.from({ length: random(6) }, () => [`k${random(12)}`.slice(random(2)), anyValue(random, depth + 1)]),
      );
  }
}
