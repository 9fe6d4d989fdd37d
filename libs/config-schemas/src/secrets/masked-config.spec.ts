import { expect, it } from 'vitest';
import { unmasked } from './masked-config.js';

it('takes what is stored for what is masked, in its place', () => {
  const requested = { a: '1', password: '[hidden]', other: null, key: '[hidden] ' };
  const { config, masked } = unmasked(requested, { password: 'p', key: 'k', a: '0' });
  expect(Object.entries(config)).toEqual(Object.entries({ ...requested, password: 'p' }));
  expect(masked).toEqual(['password']);
});

it.each([[undefined], [{}], [{ other: 'x' }]])('refuses a mask of which nothing is stored: %o', (stored) => {
  expect(() => unmasked({ password: '[hidden]' }, stored)).toThrow(
    'Property password is [hidden], which stands for the value that is stored, but no value is stored: give its value',
  );
  expect(() => unmasked({ constructor: '[hidden]' }, stored)).toThrow('Property constructor is [hidden]');
});
