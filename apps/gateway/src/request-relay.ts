import { Inject, Injectable } from '@nestjs/common';
import { sendJsonText, withoutInnerParameters, type RequestWithBody } from '@tributary/rest-api';
import type { Response } from 'express';
import type { FreshView } from './fresh-view.js';
import { LeaderForwarder } from './leader-forwarder.js';
import { Masking } from './masking/masking.js';
import { assertNotMisdirected } from './misdirected-request.js';
import { resolveRepeated } from './repeated-request.js';

/** A FreshView of the cluster as it is stored, where the other one may mask passwords. */
export const STORED_VIEW = Symbol('STORED_VIEW');

/**
 * Hands a request as it came to the leader and its answer to the client; `Location` becomes absolute, with the host that
 * the client called.
 */
@Injectable()
export class RequestRelay {
  constructor(
    private readonly forwarder: LeaderForwarder,
    private readonly masking: Masking,
    /** the cluster as it is stored */
    @Inject(STORED_VIEW) private readonly stored: FreshView,
  ) {}

  /** `once`: a request that may have been carried out is not sent again. */
  async relay(
    request: RequestWithBody,
    response: Response,
    { once = false }: { readonly once?: boolean } = {},
  ): Promise<void> {
    assertNotMisdirected(request);
    const { method, originalUrl, bodyText: body } = request;
    const path = this.masking.path(withoutInnerParameters(originalUrl));
    const given = await this.forwarder.forward({ method, path, body, once });
    const answer = given.repeated ? resolveRepeated(request, given, await this.stored.view()) : given;
    const { location } = answer.headers;
    if (typeof location === 'string')
      response.setHeader('Location', `${request.protocol}://${request.get('host')}${location}`);
    const shown = await this.masking.answer(answer.body);
    if (shown !== '') sendJsonText(response, answer.status, shown);
    else response.status(answer.status).end();
  }
}
