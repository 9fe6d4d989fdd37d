import { describe, expect, it } from 'vitest';
import { ObjectMaker } from './object-maker.js';

/** Enough for a function to be compiled. */
const MANY = 300;
const ODD = ['b', '', 'a"\\\n\u2028', '__proto__', 'constructor', 'toString', '\ud800', '17', 'é', '${x}`'];

/** Every result, which must be the same each time: the first are made one by one, the last by a compiled function. */
function made(maker: ObjectMaker, source: Record<string, string> | string[]): [string, unknown][] {
  const results = Array.from({ length: MANY }, () => {
    const object = maker.make(source);
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
    return Object.entries(object);
  });
  for (const result of results) expect(result).toEqual(results[0]);
  return results[0] ?? [];
}

describe('ObjectMaker', () => {
  const source = Object.fromEntries(ODD.map((name, index) => [name, `v${index}`]));

  it('gives members in the order of the names, whatever the names are', () => {
    const order = [...ODD].reverse();
    const expected = ['17', ...order.filter((name) => name !== '17')].map((name) => [name, source[name]]);
    expect(made(new ObjectMaker(order, order), source)).toEqual(expected);
  });

  it('takes members under other names, and null where there is none', () => {
    const maker = new ObjectMaker(['x', '__proto__', 'y'], ['__proto__', 'b', null]);
    expect(made(maker, source)).toEqual([
      ['x', 'v3'],
      ['__proto__', 'v0'],
      ['y', null],
    ]);
  });

  it('takes members of a list by their places', () => {
    const maker = new ObjectMaker(['x', '__proto__', 'y'], [2, 0, null]);
    expect(made(maker, ['a', 'b', 'c', 'more'])).toEqual([
      ['x', 'c'],
      ['__proto__', 'a'],
      ['y', null],
    ]);
  });

  it('reads every member once, told the depth', () => {
    const seen: unknown[] = [];
    const maker = new ObjectMaker<string>(['a', 'b'], ['a', 'b'], (member, depth) => {
      seen.push([member, depth]);
      return `${member}!`;
    });
    for (let n = 0; n < MANY; n++) {
      seen.length = 0;
      expect(maker.make({ a: 'x', b: 'y' }, 7)).toEqual({ a: 'x!', b: 'y!' });
      expect(seen).toEqual([
        ['x', 7],
        ['y', 7],
      ]);
    }
  });

  it('does without compiling for many members', () => {
    const names = Array.from({ length: 250 }, (_, n) => `field${n}`);
    const many = Object.fromEntries(names.map((name) => [name, name]));
    expect(made(new ObjectMaker(names, names), many)).toEqual(names.map((name) => [name, name]));
  });
});
