import { describe, expect, it } from 'vitest';
import { parseJsonText, toJsonText } from './json-text.js';

describe('toJsonText', () => {
  it.each([
    ['control characters in upper case', '\u0000\u000b\u001f\b\t\n\f\r', String.raw`"\u0000\u000B\u001F\b\t\n\f\r"`],
    ['quotes and backslashes, slashes not', '"\\/', String.raw`"\"\\/"`],
    ['surrogates', 'ü😀\ud800', String.raw`"ü\uD83D\uDE00\uD800"`],
    ['what needs no escape', '\u007f\u2028\ud7ff\ue000\uffff <>&', '"\u007f\u2028\ud7ff\ue000\uffff <>&"'],
  ])('writes %s as the reference does', (_what, text, expected) => {
    expect(toJsonText(text)).toBe(expected);
  });

  it.each([
    [0.1, '0.1'],
    [0.00101, '0.00101'],
    [9.99e-4, '9.99E-4'],
    [9999999.5, '9999999.5'],
    [123456789.125, '1.23456789125E8'],
    [-3.5e-7, '-3.5E-7'],
    [-0, '0'],
    [1e18, '1000000000000000000'],
    [1e21, '1.0E21'],
    [12345678901234567890n, '12345678901234567890'],
  ])('writes the number %s as %s', (value, expected) => {
    expect(toJsonText(value)).toBe(expected);
  });

  it('keeps the order of members', () => {
    expect(toJsonText({ z: 1, a: [true, null, { c: 'd' }] })).toBe('{"z":1,"a":[true,null,{"c":"d"}]}');
  });

  it('refuses what JSON cannot say', () => {
    expect(() => toJsonText(Number.NaN)).toThrow('NaN has no JSON form');
  });
});

describe('parseJsonText', () => {
  it('keeps every integer exact', () => {
    expect(parseJsonText('[9007199254740993,-9223372036854775808,9007199254740991,1234567890123456]')).toEqual([
      9007199254740993n,
      -9223372036854775808n,
      9007199254740991,
      1234567890123456,
    ]);
  });

  it('leaves digits in strings, fractions and exponents alone', () => {
    const text =
      '{"12345678901234567890":"12345678901234567890","f":0.12345678901234567890,"e":12345678901234567890e1}';
    expect(parseJsonText(text)).toEqual({
      '12345678901234567890': '12345678901234567890',
      f: Number('0.12345678901234567890'),
      e: Number('12345678901234567890e1'),
    });
  });

  it('throws a SyntaxError where the text is no JSON', () => {
    expect(() => parseJsonText('{"a":12345678901234567890')).toThrow(SyntaxError);
  });
});
