import type { RequestWithBody } from '@tributary/rest-api';
import { sendJsonText } from '@tributary/rest-api';
import type { Response } from 'express';
import { LeaderForwarder } from './leader-forwarder.js';

/** Hands a request as it came to the leader and its answer, as it is, to the client. For what may be done twice. */
export class RequestRelay {
  constructor(private readonly forwarder: LeaderForwarder) {}

  async relay(request: RequestWithBody, response: Response): Promise<void> {
    const { method, originalUrl: path, bodyText: body } = request;
    const { authorization } = request.headers;
    const answer = await this.forwarder.forward({ method, path, body, authorization });
    if (answer.body !== '') sendJsonText(response, answer.status, answer.body);
    else response.status(answer.status).end();
  }
}
