import { Injectable } from '@nestjs/common';
import { sendJsonText, type RequestWithBody } from '@tributary/rest-api';
import type { Response } from 'express';
import { FreshView } from './fresh-view.js';
import { LeaderForwarder } from './leader-forwarder.js';
import { resolveRepeated } from './repeated-request.js';

/**
 * Hands a request as it came to the leader and its answer to the client; `Location` becomes absolute, with the host that
 * the client called.
 */
@Injectable()
export class RequestRelay {
  constructor(
    private readonly forwarder: LeaderForwarder,
    private readonly fresh: FreshView,
  ) {}

  async relay(request: RequestWithBody, response: Response): Promise<void> {
    const { method, originalUrl: path, bodyText: body } = request;
    const given = await this.forwarder.forward({ method, path, body, authorization: request.headers.authorization });
    const answer = given.repeated ? resolveRepeated(request, given, await this.fresh.view()) : given;
    const { location } = answer.headers;
    if (typeof location === 'string')
      response.setHeader('Location', `${request.protocol}://${request.get('host')}${location}`);
    if (answer.body !== '') sendJsonText(response, answer.status, answer.body);
    else response.status(answer.status).end();
  }
}
