import { setTimeout as delay } from 'node:timers/promises';
import { ConflictError, ConnectError, RetriableError } from '@tributary/connect-api';
import {
  NoAnswerError,
  NOT_LEADER_HEADER,
  TRY_AGAIN_HEADER,
  UNDECIDED_HEADER,
  type InternalAnswer,
  type InternalClient,
} from '@tributary/rest-api';
import type { LeaderLocator } from './leader-locator.js';

/** A client's request on its way to the leader. */
export interface ForwardedRequest {
  readonly method: string;
  /** with the query string */
  readonly path: string;
  readonly body: string;
  /** What may have been carried out is not sent again: doing it twice is not what the client asked for. */
  readonly once?: boolean;
}

/** An answer, and whether an earlier attempt may have been carried out although its answer was lost. */
export interface ForwardedAnswer extends InternalAnswer {
  readonly repeated: boolean;
}

const RETRY_MS = 200;

/** How much longer an answer is waited for than the leader takes at most: it knows better what it waited for. */
const ANSWER_GRACE_MS = 5_000;

/**
 * Hands changes to the leading herder. Where the reference answers 409 at once because there is no leader now, or nobody
 * to restart a task, this tries again until the time-out: a rebalance is soon over. Then the error says what was waited
 * for, and its status whether the request may have been carried out: 409 says that it was not.
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
    let repeated = false;
    for (;;) {
      const attempt = await this.attempt(request, deadline + ANSWER_GRACE_MS);
      const { answer, obstacle } = attempt;
      if (answer !== undefined && obstacle === undefined) return { ...answer, repeated };
      repeated ||= attempt.undecided ?? false;
      if (repeated && request.once) throw unknownOutcome(obstacle);
      if (this.now() + RETRY_MS > deadline) {
        if (answer?.headers[TRY_AGAIN_HEADER] !== undefined) return { ...answer, repeated };
        throw repeated ? unknownOutcome(obstacle) : notNow(obstacle);
      }
      if (answer?.headers[TRY_AGAIN_HEADER] === undefined) this.locator.forget();
      await this.pause(RETRY_MS);
    }
  }

  private async attempt(request: ForwardedRequest, answerBy: number): Promise<Attempt> {
    try {
      const url = await this.locator.leaderUrl();
      if (url === undefined) return { obstacle: 'no known leader URL, likely because a rebalance was underway' };
      const timeoutMs = Math.max(1, answerBy - this.now());
      const { method, path, body } = request;
      const answer = await this.client.send(url, { method, path, body, timeoutMs });
      return { answer, obstacle: obstacleIn(url, answer), undecided: answer.headers[UNDECIDED_HEADER] !== undefined };
    } catch (error) {
      if (!(error instanceof NoAnswerError || error instanceof RetriableError)) throw error;
      return { obstacle: error.message, undecided: error instanceof NoAnswerError && error.sent };
    }
  }
}

/** What came of sending a request once. */
interface Attempt {
  readonly answer?: InternalAnswer;
  /** what is in the way of the request; undefined where the answer is the final one */
  readonly obstacle: string | undefined;
  /** whether the request may have been carried out all the same */
  readonly undecided?: boolean;
}

function obstacleIn(url: string, { status, headers }: InternalAnswer): string | undefined {
  if (headers[NOT_LEADER_HEADER] !== undefined) {
    return `the herder at ${url} not leading any more, likely because a rebalance was underway`;
  }
  if (headers[TRY_AGAIN_HEADER] !== undefined) return 'a rebalance';
  return status === 503 ? `the herder at ${url} starting or stopping` : undefined;
}

const notNow = (obstacle: string | undefined) =>
  new ConflictError(`Cannot complete request momentarily due to ${obstacle}.`);

const unknownOutcome = (obstacle: string | undefined) =>
  new ConnectError(`Request timed out due to ${obstacle}. It may have been carried out, as an answer was lost.`);
