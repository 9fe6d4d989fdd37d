import { Injectable } from '@nestjs/common';
import { NotLeaderError } from '@tributary/control-plane';
import {
  NoAnswerError,
  verifiedParts,
  type InternalAnswer,
  type InternalClient,
  type RequestWithBody,
} from '@tributary/rest-api';

/** How long the leader may take, milliseconds: it needs 90 seconds at most, and who asked here waits for 95. */
const LEADER_TIMEOUT_MS = 92_500;

/**
 * Hands a request that only the leader can answer on to the herder that leads, as a client or a gateway may not know yet
 * that another one does. It is signed anew, as it goes to another process, and handed on once only: herders that take
 * each other for the leader would pass it to and fro.
 */
@Injectable()
export class LeaderRelay {
  constructor(private readonly client: Pick<InternalClient, 'send'>) {}

  /** The leader's answer; throws a {@link NotLeaderError} where there is nobody to ask, or no answer. */
  async relay(request: RequestWithBody, notLeading: NotLeaderError): Promise<InternalAnswer> {
    const { leaderUrl, undecided } = notLeading;
    const forwarded = Number(verifiedParts(request)?.forwarded ?? 0);
    // Once begun here, it may have been carried out.
    if (leaderUrl === undefined || undecided || forwarded > 0) throw notLeading;
    const { method, originalUrl: path, bodyText: body } = request;
    try {
      const handedOn = { method, path, body, forwarded: forwarded + 1, timeoutMs: LEADER_TIMEOUT_MS };
      return await this.client.send(leaderUrl, handedOn);
    } catch (error) {
      if (!(error instanceof NoAnswerError)) throw error;
      throw new NotLeaderError(undefined, { cause: error, undecided: error.sent });
    }
  }
}
