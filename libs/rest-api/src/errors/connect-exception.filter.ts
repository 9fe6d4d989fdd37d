import { Catch, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { loggerFor } from '@tributary/observability';
import type { Express, Request, Response } from 'express';
import { sendJson } from '../http/send-json.js';
import { methodsAt } from './allowed-methods.js';
import { errorBodyOf } from './error-body.js';
import { routerError } from './rest-error.js';

const log = loggerFor('rest');

/** The one place where an error becomes an HTTP answer. Errors that nobody foresaw are logged once, with their stack. */
@Catch()
export class ConnectExceptionFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const { body, expected } = errorBodyOf(thrown instanceof NotFoundException ? noRoute(request) : thrown);
    if (!expected) log.error({ err: thrown }, 'unexpected error while answering a request');
    if (response.headersSent) {
      response.end();
      return;
    }
    sendJson(response, body.error_code, body);
  }
}

/** The router found nothing: the path is unknown, or it is known with other methods. */
function noRoute(request: Request): Error {
  return routerError(methodsAt(request.app as Express, request.path).length > 0 ? 405 : 404);
}
