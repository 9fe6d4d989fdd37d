import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseHeaderRules, type HeaderRule, type WorkerConfig } from '@tributary/config-schemas';
import { applyHeaders } from './apply-headers.js';
import { Cors } from './cors.js';

/** What a listener serves, and what all its answers carry. */
export interface Surface {
  /** `path` without the query */
  serves(path: string): boolean;
  /** Called before anything else is done with a request. */
  decorate(request: IncomingMessage, response: ServerResponse): void;
}

/** Everything, with no headers of its own: what the cluster's services show each other. */
export const PLAIN_SURFACE: Surface = { serves: () => true, decorate: () => undefined };

/** `/admin/...` alone, on listeners of its own; without the headers of the others. */
export const ADMIN_SURFACE: Surface = { serves: isAdmin, decorate: () => undefined };

/** The REST API; `/admin/...` too unless `admin.listeners` is set, were it to nothing. */
export class RestSurface implements Surface {
  private readonly cors: Cors;
  private readonly headers: readonly HeaderRule[];
  private readonly withAdmin: boolean;

  constructor(
    config: Pick<WorkerConfig, 'string' | 'isSet'>,
    private readonly now: () => number = Date.now,
  ) {
    this.cors = new Cors(config.string('access.control.allow.origin'), config.string('access.control.allow.methods'));
    this.headers = parseHeaderRules(config.string('response.http.headers.config'));
    this.withAdmin = !config.isSet('admin.listeners');
  }

  serves(path: string): boolean {
    return this.withAdmin || !isAdmin(path);
  }

  decorate(request: IncomingMessage, response: ServerResponse): void {
    const { method = '', headers } = request;
    const requestedMethod = headers['access-control-request-method'];
    for (const [name, value] of this.cors.headersFor({ method, origin: headers.origin, requestedMethod })) {
      response.setHeader(name, value);
    }
    applyHeaders(response, this.headers, this.now());
  }
}

function isAdmin(path: string): boolean {
  return path === '/admin' || path.startsWith('/admin/');
}
