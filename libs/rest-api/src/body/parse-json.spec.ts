import { describe, expect, test } from 'vitest';
import { configFrom, parseJson } from './parse-json.js';

describe('a body', () => {
  test.each([
    ['nothing', ''],
    ['spaces', '  '],
    ['a torn object', '{"name":"a"'],
    ['words', '{bad'],
    ['more after the document', '{} trailing'],
    ['single quotes', "{'a':1}"],
    ['a trailing comma', '{"a":1,}'],
    ['a number with a leading zero', '{"a":01}'],
    ['a control character', '{"a":"\u0001"}'],
    ['NaN', '{"a":NaN}'],
  ])('of %s is refused with 400', (_what, text) => {
    expect(() => parseJson(text)).toThrow(
      expect.objectContaining({ status: 400, message: expect.stringMatching(/^The request body is not valid JSON: /) }),
    );
  });

  test('nested without end is refused, not a crash', () => {
    expect(() => parseJson('['.repeat(200_000))).toThrow(expect.objectContaining({ status: 400 }));
    expect(() => parseJson('{"a":'.repeat(200_000))).toThrow(expect.objectContaining({ status: 400 }));
  });

  test('may begin with a byte order mark', () => {
    expect(parseJson('\uFEFF{"a":"b"}')).toEqual({ a: 'b' });
  });

  test('may name a key twice: the last one counts', () => {
    expect(parseJson('{"a":"b","a":"c"}')).toEqual({ a: 'c' });
  });
});

describe('a configuration', () => {
  const configOf = (text: string) => configFrom(parseJson(text), "'config'");

  test('holds numbers and booleans as the text that was sent, and nulls', () => {
    const text = '{"i":5,"big":123456789012345678901234567890,"f":1.0,"e":1E3,"z":1.10,"t":true,"s":"x","n":null}';
    expect(configOf(text)).toEqual({
      i: '5',
      big: '123456789012345678901234567890',
      f: '1.0',
      e: '1E3',
      z: '1.10',
      t: 'true',
      s: 'x',
      n: null,
    });
  });

  test('keeps the order of its properties, and those that are named like parts of an object', () => {
    const config = configOf('{"b":"1","a":"2","constructor":"4","toString":"5"}');
    expect(Object.entries(config)).toEqual([
      ['b', '1'],
      ['a', '2'],
      ['constructor', '4'],
      ['toString', '5'],
    ]);
  });

  test.each(['{"__proto__":"x"}', '{"a":{"__proto__":{}}}', '{"\\u005f_proto__":"x"}'])(
    '%s is refused, not taken without it',
    (text) => {
      const message = "A property cannot have the name '__proto__'";
      expect(() => configOf(text)).toThrow(expect.objectContaining({ status: 400, message }));
    },
  );

  test('may mention __proto__ in a value', () => {
    expect(configOf('{"a":"__proto__"}')).toEqual({ a: '__proto__' });
  });

  test.each([
    ['[]', "'config' must be a JSON object of strings, but is an array"],
    ['"x"', "'config' must be a JSON object of strings, but is a string"],
    ['5', "'config' must be a JSON object of strings, but is a number"],
    ['null', "'config' must be a JSON object of strings, but is null"],
    ['{"a":{}}', "'config': the value of 'a' must be a string, a number or a boolean, but is an object"],
    ['{"a":[1]}', "'config': the value of 'a' must be a string, a number or a boolean, but is an array"],
  ])('%s is refused', (text, message) => {
    expect(() => configOf(text)).toThrow(expect.objectContaining({ status: 400, message }));
  });
});
