import type { RestFilter } from '@tributary/connect-api';
import { loggerFor, type Logger } from '@tributary/observability';
import { isRead, pathOf, principalOf } from '../principal.js';
import { changeIn } from './changes.js';

type Request = Parameters<RestFilter>[0];

/** Longer names and paths are cut: a client must not fill the log. */
const MAX_TEXT = 1_000;

/**
 * Writes a line for each change that is asked for, once it has been answered, also where it is refused: who, what, which
 * connector, and with which status it ended. `status` is null where the client was gone before. Of bodies and headers only
 * the name of a new connector is shown. Must be the first filter, so as to see what the others refuse.
 */
export function auditFilter(log: Pick<Logger, 'info'> = loggerFor('audit'), now: () => number = Date.now): RestFilter {
  return (request, response, next) => {
    const { method = '' } = request;
    const path = pathOf(request);
    const change = isRead(method) ? undefined : changeIn(method, path);
    if (change !== undefined) {
      const start = now();
      const from = request.socket.remoteAddress;
      response.once('close', () => {
        const principal = principalOf(request);
        const connector = change.action === 'create connector' ? nameInBody(request) : change.connector;
        log.info(
          {
            user: cut(principal?.user),
            by: principal?.user === undefined ? null : principal.by,
            role: principal?.role ?? null,
            action: change.action,
            connector: cut(connector),
            method,
            path: cut(path),
            status: response.writableFinished ? response.statusCode : null,
            ms: now() - start,
            from: from ?? null,
          },
          'change',
        );
      });
    }
    next();
  };
}

/** Of a request that creates a connector, once its body has been read. */
function nameInBody(request: Request & { readonly bodyText?: string }): string | undefined {
  try {
    const body: unknown = JSON.parse(request.bodyText ?? '');
    if (typeof body !== 'object' || body === null || !('name' in body)) return undefined;
    return typeof body.name === 'string' ? body.name : undefined;
  } catch {
    return undefined;
  }
}

const cut = (text: string | undefined) => text?.slice(0, MAX_TEXT) ?? null;
