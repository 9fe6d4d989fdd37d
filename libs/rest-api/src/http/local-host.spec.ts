import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { localHost } from './local-host.js';

test.each([
  ['10.1.2.3', '10.1.2.3'],
  ['fd00::1', 'fd00::1'],
  ['127.0.1.1', 'pod-1'],
  ['::1', 'pod-1'],
])('a machine whose name stands for %s is %s to others', async (address, expected) => {
  expect(await localHost('pod-1', async () => ({ address }))).toBe(expected);
});

test('a name that stands for nothing is better than none', async () => {
  expect(await localHost('pod-1', () => Promise.reject(new Error('ENOTFOUND')))).toBe('pod-1');
});

test('there is always one', async () => {
  expect(await localHost()).toMatch(new RegExp(`^(${hostname()}|[0-9a-f.:]+)$`));
});
