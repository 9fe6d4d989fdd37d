import 'reflect-metadata';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import { promisify } from 'node:util';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { DynamicModule } from '@nestjs/common';
import express, { type ErrorRequestHandler } from 'express';
import type { Listener } from '@tributary/config-schemas';
import type { RestFilter } from '@tributary/connect-api';
import { bodyReader } from '../body/body.middleware.js';
import { ConnectExceptionFilter } from '../errors/connect-exception.filter.js';
import { methodsAt, routesOf, type Route } from '../errors/allowed-methods.js';
import { errorBodyOf } from '../errors/error-body.js';
import { RestError, routerError } from '../errors/rest-error.js';
import { PLAIN_SURFACE, type Surface } from '../surface/surface.js';
import type { ListenerTls } from '../tls/listener-tls.js';
import { bind } from './bind.js';
import { runFilters } from './filter-chain.js';
import { refuseStrangers } from './client-certificates.js';
import { limitedServer, SERVER_LIMITS, type ServerLimits } from './limits.js';
import { mediaTypeProblem, MediaTypeGuard } from './media-type.guard.js';
import { nestLogger } from './nest-logger.js';
import { openSockets } from './open-sockets.js';
import { pathOf } from './paths.js';
import { JsonAdapter, sendJson, sendJsonText } from './send-json.js';
import { isPlainGet, type Shortcut } from './shortcut.js';
import { answerUnreadable } from './unreadable-request.js';

/**
 * A service's HTTP side: a Nest application behind one server per listener. Routes are made when it first listens;
 * guards must be set on `nest` before.
 */
export class ServiceApp {
  /** each with what destroys its connections */
  private readonly servers = new Map<Server | HttpsServer, () => void>();
  private readonly filters: RestFilter[] = [];
  private routed: Promise<unknown> | undefined;
  private shortcut: Shortcut = () => undefined;

  private constructor(
    readonly nest: NestExpressApplication,
    private readonly handler: express.Express,
    private readonly limits: ServerLimits,
  ) {}

  /** `preview`: only to look at the controllers; nothing is made and nothing can be listened to. */
  static async create(
    module: DynamicModule,
    { preview = false, limits = SERVER_LIMITS }: { preview?: boolean; limits?: ServerLimits } = {},
  ): Promise<ServiceApp> {
    const handler = express();
    handler.disable('x-powered-by');
    handler.set('etag', false);
    handler.set('query parser', 'simple');
    handler.set('case sensitive routing', true);
    const nest = await NestFactory.create<NestExpressApplication>(module, new JsonAdapter(handler), {
      bodyParser: false,
      logger: preview ? false : nestLogger,
      abortOnError: false,
      preview,
    });
    nest.use(bodyReader(limits.bodiesBytes));
    nest.use(answerBrokenRequest);
    nest.useGlobalFilters(new ConnectExceptionFilter());
    nest.useGlobalGuards(new MediaTypeGuard());
    return new ServiceApp(nest, handler, limits);
  }

  /** Filters see every request before its route does, in the order in which they were added. */
  addFilter(filter: RestFilter): void {
    this.filters.push(filter);
  }

  /** What it serves, once it listens. */
  routes(): readonly Route[] {
    return routesOf(this.handler);
  }

  /** For filters: answers what the router would refuse, with 404, 405, 415 or 406; false, and no answer, for all else. */
  answerUnserved(request: IncomingMessage, response: ServerResponse): boolean {
    const path = pathOf(request);
    const methods = methodsAt(this.handler, path);
    const problem = methods.includes(request.method ?? '')
      ? mediaTypeProblem(request.headers, path, false)
      : routerError(methods.length > 0 ? 405 : 404);
    if (problem !== undefined) sendError(response, problem);
    return problem !== undefined;
  }

  /** From now on. Filters come before it as before any route. */
  setShortcut(shortcut: Shortcut): void {
    this.shortcut = shortcut;
  }

  /** Resolves to the port that was bound; rejects with a message that names the listener. An https one needs `tls`. */
  async listen(address: Listener, surface: Surface = PLAIN_SURFACE, tls?: ListenerTls): Promise<number> {
    this.routed ??= this.nest.init().then(() => this.handler.use(answerBrokenRequest));
    await this.routed;
    const server = this.server((request, response) => this.answer(surface, request, response), tls);
    server.on('clientError', answerUnreadable);
    const destroySockets = openSockets(server);
    const port = await bind(server, address);
    this.servers.set(server, destroySockets);
    return port;
  }

  private server(listener: RequestListener, tls: ListenerTls | undefined): Server | HttpsServer {
    if (tls === undefined) return limitedServer(this.limits, listener);
    const server = limitedServer(this.limits, listener, tls.options);
    refuseStrangers(server);
    tls.follow(server);
    return server;
  }

  private answer(surface: Surface, request: IncomingMessage, response: ServerResponse): void {
    surface.decorate(request, response);
    if (request.headers.host === undefined && request.httpVersion === '1.1') {
      sendError(response, new RestError(400, 'The request has no Host header'));
      return;
    }
    if (!surface.serves(pathOf(request))) {
      sendError(response, routerError(404));
      return;
    }
    runFilters(
      this.filters,
      request,
      response,
      () => this.route(request, response),
      (error) => sendError(response, error),
    );
  }

  private route(request: IncomingMessage, response: ServerResponse): void {
    const quick = isPlainGet(request) ? this.shortcut(request.url ?? '') : undefined;
    if (quick === undefined) {
      this.handler(request, response);
      return;
    }
    void quick
      .catch(() => undefined)
      .then((text) => {
        if (text === undefined) this.handler(request, response);
        else sendJsonText(response, 200, text);
      });
  }

  /** How many are open now, on all listeners. */
  async connections(): Promise<number> {
    const servers = [...this.servers.keys()];
    const counts = await Promise.all(servers.map((server) => promisify(server.getConnections.bind(server))()));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** No new requests; those under way get `graceMs` to end. */
  async close(graceMs = 5_000): Promise<void> {
    await Promise.all(
      [...this.servers].map(([server, destroySockets]) => closeServer(server, destroySockets, graceMs)),
    );
    await this.nest.close();
  }
}

/** Errors that arise before a route is found: bodies that cannot be read. */
const answerBrokenRequest: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  sendError(response, error);
};

function sendError(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.end();
    return;
  }
  const { body } = errorBodyOf(error);
  sendJson(response, body.error_code, body);
}

function closeServer(server: Server | HttpsServer, destroySockets: () => void, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(destroySockets, graceMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
