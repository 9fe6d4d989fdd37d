import { expect, it } from 'vitest';
import { keyLifetimeLeft, newSessionKey } from './session-keys.js';

const options = { algorithm: 'HmacSHA256', sizeBits: undefined, ttlMs: 1000 };

it('needs a key at once where there is none, it is too old, or it is not as configured', () => {
  const key = newSessionKey(options, 5000);
  expect(keyLifetimeLeft(undefined, options, 5000)).toBe(0);
  expect(keyLifetimeLeft(key, options, 5400)).toBe(600);
  expect(keyLifetimeLeft(key, options, 7000)).toBe(0);
  expect(keyLifetimeLeft({ ...key, algorithm: 'HmacSHA1' }, options, 5000)).toBe(0);
  expect(keyLifetimeLeft(key, { ...options, sizeBits: 512 }, 5000)).toBe(0);
});

it('keeps a key for ever where the ttl is 0', () => {
  expect(keyLifetimeLeft(newSessionKey(options, 0), { ...options, ttlMs: 0 }, 1e15)).toBe(Infinity);
});

it.each([
  ['HmacSHA256', undefined, 32],
  ['HmacSHA512', undefined, 64],
  ['HmacSHA256', 128, 16],
  ['AES', undefined, 16],
])('makes a key for %s of %s bits in %s bytes', (algorithm, sizeBits, bytes) => {
  const key = newSessionKey({ ...options, algorithm, sizeBits }, 42);
  expect([key.key.length, key.algorithm, key.createdAt]).toEqual([bytes, algorithm, 42]);
  expect(key.key).not.toEqual(newSessionKey({ ...options, algorithm, sizeBits }, 42).key);
});
