import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { MomentaryConflictError, NotLeaderError } from '@tributary/control-plane';
import { loggerFor } from '@tributary/observability';
import {
  errorBodyOf,
  NOT_LEADER_HEADER,
  sendJson,
  sendJsonText,
  TRY_AGAIN_HEADER,
  UNDECIDED_HEADER,
  type InternalAnswer,
  type RequestWithBody,
} from '@tributary/rest-api';
import type { Response } from 'express';
import { LeaderRelay } from './leader-relay.js';

const log = loggerFor('herder.forwarding');

/**
 * Has the leader answer what this herder, which does not lead, was asked for. Where nobody can, it tells who asked when to
 * ask again, whom, and whether something may have been done.
 */
@Catch(NotLeaderError, MomentaryConflictError)
export class RefusalFilter implements ExceptionFilter<NotLeaderError | MomentaryConflictError> {
  constructor(private readonly leader: LeaderRelay) {}

  async catch(error: NotLeaderError | MomentaryConflictError, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    if (!(error instanceof NotLeaderError)) {
      refuse(response, error);
      return;
    }
    try {
      pass(response, await this.leader.relay(http.getRequest<RequestWithBody>(), error));
    } catch (unanswered) {
      refuse(response, unanswered);
    }
  }
}

/** What the leader says beside status and body. */
const PASSED = ['location', NOT_LEADER_HEADER, UNDECIDED_HEADER, TRY_AGAIN_HEADER];

function pass(response: Response, { status, headers, body }: InternalAnswer): void {
  for (const name of PASSED) {
    const value = headers[name];
    if (value !== undefined) response.setHeader(name, value);
  }
  if (body !== '') sendJsonText(response, status, body);
  else response.status(status).end();
}

function refuse(response: Response, error: unknown): void {
  if (error instanceof NotLeaderError) {
    response.setHeader(NOT_LEADER_HEADER, error.leaderUrl ?? '');
    if (error.undecided) response.setHeader(UNDECIDED_HEADER, 'true');
  } else if (error instanceof MomentaryConflictError) {
    response.setHeader(TRY_AGAIN_HEADER, 'true');
  }
  const { body, expected } = errorBodyOf(error);
  if (!expected) log.error({ err: error }, 'unexpected error while handing a request on');
  sendJson(response, body.error_code, body);
}
