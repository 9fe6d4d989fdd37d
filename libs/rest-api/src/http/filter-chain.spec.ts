import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { RestFilter } from '@tributary/connect-api';
import { expect, test } from 'vitest';
import { runFilters } from './filter-chain.js';

function run(filters: readonly RestFilter[]): Promise<string> {
  const request = new IncomingMessage(new Socket());
  return new Promise((resolve) => {
    runFilters(
      filters,
      request,
      new ServerResponse(request),
      () => resolve('served'),
      (error) => resolve(`failed: ${error instanceof Error ? error.message : String(error)}`),
    );
  });
}

test('filters are called in order, then the request is served', async () => {
  const seen: number[] = [];
  const filters = [1, 2].map((n): RestFilter => (_request, _response, next) => {
    seen.push(n);
    next();
    next();
  });
  expect(await run(filters)).toBe('served');
  expect(seen).toEqual([1, 2]);
});

test.each<[string, RestFilter]>([
  ['gives an error', (_request, _response, next) => next(new Error('no'))],
  [
    'throws',
    () => {
      throw new Error('no');
    },
  ],
  ['rejects', async () => Promise.reject(new Error('no'))],
])('a filter that %s ends the request', async (_how, filter) => {
  expect(await run([filter, () => expect.unreachable()])).toBe('failed: no');
});
