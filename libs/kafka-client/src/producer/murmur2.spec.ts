import { describe, expect, it } from 'vitest';
import { murmur2 } from './murmur2.js';
import { Partitioner } from './partitioner.js';

/** What the Java client's hash gives for the UTF-8 bytes of these keys. */
const JAVA: readonly (readonly [string, number])[] = [
  ['', 275646681],
  ['a', -1563381124],
  ['ab', 316155434],
  ['abc', 479470107],
  ['abcd', -1323649548],
  ['abcdefgh-key-1', 1716522386],
  ['schlüssel-äöü', 1514026263],
  ['😀', 131881617],
];

describe('murmur2', () => {
  it.each(JAVA)('hashes %j as the Java client does', (key, expected) => {
    expect(murmur2(Buffer.from(key))).toBe(expected);
  });
});

describe('Partitioner', () => {
  it.each(JAVA)('sends %j where the Java client does, as text and as bytes', (key, hash) => {
    const partitioner = new Partitioner(false, false);
    const expected = (hash & 0x7fff_ffff) % 7;
    expect(partitioner.choose(key, null, 7)).toBe(expected);
    expect(partitioner.choose(Buffer.from(key), null, 7)).toBe(expected);
  });

  it('stays on a partition for a while and then goes to the next one where there is no key', () => {
    const partitioner = new Partitioner(false, false);
    const chosen = Array.from({ length: 400 }, () => partitioner.choose(null, 'x'.repeat(100), 3));
    const changes = chosen.filter((partition, index) => index > 0 && partition !== chosen[index - 1]).length;
    expect(changes).toBe(2);
    expect(new Set(chosen).size).toBe(3);
  });

  it('goes round with every record when told to, whatever the key', () => {
    const partitioner = new Partitioner(false, true);
    const chosen = Array.from({ length: 6 }, () => partitioner.choose('same', 'x', 3));
    expect(new Set(chosen.slice(0, 3)).size).toBe(3);
    expect(chosen.slice(3)).toEqual(chosen.slice(0, 3));
  });
});
