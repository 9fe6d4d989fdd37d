import { expect, test } from 'vitest';
import { SeenNonces, TooManyNoncesError } from './seen-nonces.js';

function rig(limit?: number) {
  let now = 0;
  return { nonces: new SeenNonces(100, limit, () => now), pass: (ms: number) => (now += ms) };
}

test('a nonce is new once, for as long as it is remembered', () => {
  const { nonces, pass } = rig();
  expect([nonces.isNew('a'), nonces.isNew('a'), nonces.isNew('b')]).toEqual([true, false, true]);
  pass(99);
  expect([nonces.isNew('a'), nonces.isNew('late')]).toEqual([false, true]);
  pass(100);
  expect(nonces.isNew('late')).toBe(false);
});

test('is forgotten in the end', () => {
  const { nonces, pass } = rig();
  nonces.isNew('a');
  pass(200);
  expect(nonces.isNew('a')).toBe(true);
});

test('none is forgotten early to make room for another', () => {
  const { nonces, pass } = rig(2);
  nonces.isNew('a');
  pass(100);
  nonces.isNew('b');
  expect(() => nonces.isNew('c')).toThrow(TooManyNoncesError);
  expect([nonces.isNew('a'), nonces.isNew('b')]).toEqual([false, false]);
  pass(100);
  expect(nonces.isNew('c')).toBe(true);
});
