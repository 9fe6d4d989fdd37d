import { Catch, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { loggerFor } from '@tributary/observability';
import type { Express, Request, Response } from 'express';
import { sendJson } from '../http/send-json.js';
import { methodsAt } from './allowed-methods.js';
import { errorBodyOf } from './error-body.js';
import { routerError } from './rest-error.js';

const log = loggerFor('rest');

/**
 * The one place where an error becomes an HTTP answer. Errors that nobody foresaw are logged once, with their stack.
 * Where the router found nothing, the path is unknown, or it is known with other methods; OPTIONS asks for these.
 */
@Catch()
export class ConnectExceptionFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const methods = thrown instanceof NotFoundException ? methodsAt(request.app as Express, request.path) : [];
    if (methods.length > 0 && request.method === 'OPTIONS') {
      response.setHeader('Allow', methods.join(','));
      response.setHeader('Content-Type', 'text/plain');
      response.end(methods.join(', '));
      return;
    }
    const { body, expected } = errorBodyOf(
      thrown instanceof NotFoundException ? routerError(methods.length > 0 ? 405 : 404) : thrown,
    );
    if (!expected) log.error({ err: thrown }, 'unexpected error while answering a request');
    if (response.headersSent) {
      response.end();
      return;
    }
    sendJson(response, body.error_code, body);
  }
}
