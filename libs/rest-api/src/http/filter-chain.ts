import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RestFilter } from '@tributary/connect-api';
import { loggerFor } from '@tributary/observability';

const log = loggerFor('rest');

/** Calls the filters one after the other; `last` once all of them have called `next`, `failed` for the first error. */
export function runFilters(
  filters: readonly RestFilter[],
  request: IncomingMessage,
  response: ServerResponse,
  last: () => void,
  failed: (error: unknown) => void,
): void {
  const [filter, ...rest] = filters;
  if (filter === undefined) {
    last();
    return;
  }
  let over = false;
  const next = (error?: unknown): void => {
    if (over) return;
    over = true;
    if (error === undefined) runFilters(rest, request, response, last, failed);
    else fail(error);
  };
  const fail = (error: unknown): void => {
    log.error({ err: error }, 'a REST extension failed');
    failed(error);
  };
  Promise.resolve()
    .then(() => filter(request, response, next))
    .catch((error: unknown) => next(error ?? new Error('a REST extension failed')));
}
