import { setTimeout as delay } from 'node:timers/promises';
import { ConflictError, RetriableError } from '@tributary/connect-api';
import { NoAnswerError, NOT_LEADER_HEADER, type InternalAnswer, type InternalClient } from '@tributary/rest-api';
import type { LeaderLocator } from './leader-locator.js';

/** A client's request on its way to the leader. */
export interface ForwardedRequest {
  readonly method: string;
  /** with the query string */
  readonly path: string;
  readonly body: string;
  readonly authorization: string | undefined;
}

/** An answer, and whether an earlier attempt may have been carried out although its answer was lost. */
export interface ForwardedAnswer extends InternalAnswer {
  readonly repeated: boolean;
}

const RETRY_MS = 200;

/**
 * Hands changes to the leading herder. Where the reference answers 409 at once because there is no leader now, this
 * tries again until the time-out, whose error says what was waited for: a change of leader is soon over.
 */
export class LeaderForwarder {
  constructor(
    private readonly locator: Pick<LeaderLocator, 'leaderUrl' | 'forget'>,
    private readonly client: Pick<InternalClient, 'send'>,
    /** how long a request may take in all, milliseconds */
    private readonly timeoutMs: number,
    private readonly now: () => number = Date.now,
    private readonly pause: (ms: number) => Promise<unknown> = delay,
  ) {}

  async forward(request: ForwardedRequest): Promise<ForwardedAnswer> {
    const deadline = this.now() + this.timeoutMs;
    let waitingFor: string | undefined;
    let repeated = false;
    for (;;) {
      try {
        const url = await this.locator.leaderUrl();
        if (url === undefined) {
          waitingFor = 'no known leader URL, likely because a rebalance was underway';
        } else {
          const timeoutMs = Math.max(1, deadline - this.now());
          const answer = await this.client.send(url, { ...request, timeoutMs });
          waitingFor = refusal(url, answer);
          if (waitingFor === undefined) return { ...answer, repeated };
        }
      } catch (error) {
        if (!(error instanceof NoAnswerError || error instanceof RetriableError)) throw error;
        repeated ||= error instanceof NoAnswerError && error.sent;
        waitingFor = error.message;
      }
      this.locator.forget();
      if (this.now() + RETRY_MS > deadline) {
        throw new ConflictError(`Cannot complete request momentarily due to ${waitingFor}.`);
      }
      await this.pause(RETRY_MS);
    }
  }
}

/** What is in the way where a herder said, without doing anything, that it is not the one to ask; else undefined. */
function refusal(url: string, answer: InternalAnswer): string | undefined {
  if (answer.headers[NOT_LEADER_HEADER] !== undefined) {
    return `the herder at ${url} not leading any more, likely because a rebalance was underway`;
  }
  return answer.status === 503 ? `the herder at ${url} starting or stopping` : undefined;
}
