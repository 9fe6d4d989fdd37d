import { referenceClassOf, type SourceOffset } from '@tributary/connect-api';
import { describe, expect, it } from 'vitest';
import { parseBoolean, parseInteger, parseLong, storedNumber } from './numbers.js';

describe('numbers in properties', () => {
  it.each([
    ['12', 12],
    ['-1', -1],
    ['+7', 7],
    ['2147483647', 2147483647],
  ])('reads %s', (text, expected) => {
    expect(parseInteger(text)).toBe(expected);
    expect(parseLong(text)).toBe(expected);
  });

  it.each([
    [parseInteger, '2147483648', 'For input string: "2147483648"'],
    [parseLong, '9223372036854775808', 'For input string: "9223372036854775808"'],
    [parseLong, '1s', 'For input string: "1s"'],
    [parseLong, '', 'For input string: ""'],
    [parseLong, ' 1', 'For input string: " 1"'],
    [parseLong, undefined, 'Cannot parse null string'],
  ])('refuses what is none, as %o does %s', (parse, text, message) => {
    const error = thrownBy(() => parse(text));
    expect(error).toMatchObject({ message });
    expect(referenceClassOf(error)).toBe('java.lang.NumberFormatException');
  });

  it('takes only true, in any case, as true', () => {
    expect(['true', 'TRUE', 'yes', '', undefined].map(parseBoolean)).toEqual([true, true, false, false, false]);
  });

  it('reads stored numbers of both kinds and refuses anything else', () => {
    expect(storedNumber({ seqno: 3 }, 'seqno')).toBe(3);
    expect(storedNumber({ seqno: 4n }, 'seqno')).toBe(4);
    const others: SourceOffset[] = [{ seqno: '7' }, { seqno: 1.5 }, { seqno: null }, {}];
    for (const offset of others) {
      expect(referenceClassOf(thrownBy(() => storedNumber(offset, 'seqno')))).toBe('java.lang.ClassCastException');
    }
  });
});

function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
