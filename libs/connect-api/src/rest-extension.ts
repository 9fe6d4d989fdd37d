import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MaybePromise, Props } from './connector.js';

/**
 * Sees each request to the REST API before it is answered. Either answers it (a login that is missing, a path of its own)
 * or calls `next`; `next` with an error answers 500 with its message.
 */
export type RestFilter = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => MaybePromise<void>;

/** What an extension may add to. */
export interface RestExtensionContext {
  /** Filters see requests in the order in which they were added, also those for paths that nobody serves. */
  use(filter: RestFilter): void;
  /**
   * Answers a request that no resource takes with 404, 405, 415 or 406, and gives true; false, without an answer, where one
   * does. Lets a filter refuse what exists without hiding what does not.
   */
  answerUnserved(this: void, request: IncomingMessage, response: ServerResponse): boolean;
}

/**
 * Adds to the REST API of a gateway: authentication, audit, routes. Listed in `rest.extension.classes` by its class name,
 * one instance per process: constructed, `configure`, `register`, and `close` when the process ends. A throw from the first
 * three keeps the gateway from starting.
 */
export interface RestExtension {
  version(): string;
  /** All of the worker's properties. */
  configure(props: Props): MaybePromise<void>;
  register(context: RestExtensionContext): MaybePromise<void>;
  close(): MaybePromise<void>;
}
