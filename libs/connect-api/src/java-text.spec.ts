import { describe, expect, it } from 'vitest';
import { Decimal } from './decimal.js';
import { javaDate } from './java-date.js';
import { javaToString } from './java-text.js';
import { keysInOrder, rememberKeyOrder } from './plain-object.js';
import { SchemaBuilder } from './schema-builder.js';
import { Float64, type ConnectValue, type Schema } from './schema.js';
import { Schemas } from './schemas.js';

describe('javaToString', () => {
  it.each<[ConnectValue, Schema | null, string]>([
    [null, null, 'null'],
    ['x', null, 'x'],
    [true, null, 'true'],
    [5, null, '5'],
    [-0, null, '0'],
    [2n ** 63n - 1n, null, '9223372036854775807'],
    [2 ** 60, Schemas.INT64, '1152921504606846976'],
    [1.5, null, '1.5'],
    [1e21, null, '1.0E21'],
    [new Float64(5), null, '5.0'],
    [5, Schemas.FLOAT64, '5.0'],
    [Math.fround(0.1), Schemas.FLOAT32, '0.1'],
    [1e-5, Schemas.FLOAT64, '1.0E-5'],
    [Decimal.fromString('1.20'), null, '1.20'],
    [[1, 'a', null, [2]], null, '[1, a, null, [2]]'],
    [{ a: 1, b: { c: 'x' } }, null, '{a=1, b={c=x}}'],
    [new Map([[1, 2]]), SchemaBuilder.map(Schemas.INT8, Schemas.FLOAT64).build(), '{1=2.0}'],
  ])('prints %s with %s as %s', (value, schema, text) => {
    expect(javaToString(value, schema)).toBe(text);
  });
});

describe('javaDate', () => {
  it.each([
    ['UTC', 'Thu Jan 02 03:04:05 UTC 2020'],
    ['America/New_York', 'Wed Jan 01 22:04:05 EST 2020'],
    ['Europe/Berlin', 'Thu Jan 02 04:04:05 CET 2020'],
    ['Asia/Kolkata', 'Thu Jan 02 08:34:05 IST 2020'],
    ['Asia/Kathmandu', 'Thu Jan 02 08:49:05 GMT+05:45 2020'],
  ])('prints the time in %s as %s', (zone, text) => {
    expect(javaDate(new Date(Date.UTC(2020, 0, 2, 3, 4, 5)), zone)).toBe(text);
  });

  it.each([
    [-12_219_292_800_000, 'Fri Oct 15 00:00:00 UTC 1582'],
    [-12_219_292_800_001, 'Thu Oct 04 23:59:59 UTC 1582'],
    [-14_825_894_400_000, 'Sat Feb 29 00:00:00 UTC 1500'],
    [-62_135_596_800_000, 'Mon Jan 03 00:00:00 UTC 1'],
    [-62_167_219_200_000, 'Sat Jan 03 00:00:00 UTC 1'],
  ])('prints %i by the calendar of its time: %s', (ms, text) => {
    expect(javaDate(new Date(ms), 'UTC')).toBe(text);
  });

  it('knows which day it is elsewhere', () => {
    // More than half a day ahead, now and before 1582.
    expect(javaDate(new Date(Date.UTC(2020, 0, 1, 12)), 'Pacific/Kiritimati')).toMatch(/^Thu Jan 02 02:00:00 .* 2020$/);
    expect(javaDate(new Date('1535-05-13T16:54:09.441Z'), 'America/Adak')).toMatch(/^Tue May 04 05:07:31 .* 1535$/);
    expect(javaDate(new Date(-62_135_596_800_000), 'Etc/GMT+5')).toMatch(/^Sun Jan 02 19:00:00 .* 1$/);
    expect(javaDate(new Date(-62_135_596_800_000), 'Etc/GMT-9')).toMatch(/^Mon Jan 03 09:00:00 .* 1$/);
  });
});

describe('keysInOrder', () => {
  it('keeps the order of an object, and gives the order of a HashMap where JavaScript has changed it', () => {
    expect(keysInOrder({ b: 1, a: 2 })).toEqual(['b', 'a']);
    expect(keysInOrder({ x: 1, 9: 2, 10: 3 })).toEqual(['x', '9', '10']);
  });

  it('believes what it was told of this very object only while it has these keys', () => {
    const object: Record<string, number> = { A: 5, 1: 4 };
    rememberKeyOrder(object, ['A', '1']);
    expect(keysInOrder(object)).toEqual(['A', '1']);
    object['b'] = 1;
    expect(keysInOrder(object)).toEqual(['1', 'A', 'b']);
  });
});
