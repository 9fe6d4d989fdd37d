import { expect, it } from 'vitest';
import { configFor, patchedFor, withoutNulls } from './connector-name.js';

it('appends the name where it is missing', () => {
  expect(Object.entries(configFor('c', { b: '1', a: null }))).toEqual([
    ['b', '1'],
    ['a', null],
    ['name', 'c'],
  ]);
  expect(configFor('c', { name: null })).toEqual({ name: 'c' });
});

it('keeps a config that names its connector', () => {
  expect(configFor('c', { name: 'c', a: '1' })).toEqual({ name: 'c', a: '1' });
});

it('refuses a config that names another connector', () => {
  expect(() => configFor('a', { name: 'b' })).toThrow(
    "Connector name configuration (b) doesn't match connector name in the URL (a)",
  );
});

it('patches: sets what has a value, removes what is null', () => {
  const config = { name: 'n', a: '1', b: '2', c: '3' };
  const patch = { b: null, c: '4', d: '5', e: null };
  expect(patchedFor('n', config, patch)).toEqual({ name: 'n', a: '1', c: '4', d: '5' });
});

it('stores no nulls', () => {
  expect(withoutNulls({ a: '1', b: null })).toEqual({ a: '1' });
});

it('a patch cannot give the connector another name, and a name that it removes is missing', () => {
  expect(() => patchedFor('n', { name: 'n' }, { name: 'other' })).toThrow(
    "Connector name configuration (other) doesn't match connector name in the URL (n)",
  );
  expect(patchedFor('n', { name: 'n', a: '1' }, { name: null })).toEqual({ a: '1' });
});
