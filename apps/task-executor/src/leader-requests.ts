import { setTimeout as delay } from 'node:timers/promises';
import { ConnectError } from '@tributary/connect-api';
import { NoAnswerError, NOT_LEADER_HEADER, type InternalAnswer, type InternalClient } from '@tributary/rest-api';

const RETRY_MS = 200;

/** Thrown when the leader refuses; the message is its own. */
class LeaderRefusal extends ConnectError {
  override readonly referenceClass = 'org.apache.kafka.connect.runtime.rest.errors.ConnectRestException';
}

/** What executors ask of the leading herder. */
export class LeaderRequests {
  constructor(
    /** the leader as the last assignment names it; undefined: none is known */
    private readonly leaderUrl: () => string | undefined,
    private readonly client: Pick<InternalClient, 'send'>,
    /** how long a request may take in all, milliseconds */
    private readonly timeoutMs: number,
    private readonly now: () => number = Date.now,
    private readonly pause: (ms: number) => Promise<unknown> = delay,
  ) {}

  /**
   * Asks for the producers of the connector's earlier tasks to be fenced, which may be asked any number of times: while
   * the leader is changing this tries again.
   */
  async fenceZombies(connector: string): Promise<void> {
    const deadline = this.now() + this.timeoutMs;
    for (;;) {
      const obstacle = await this.attempt(`/connectors/${encodeURIComponent(connector)}/fence`, deadline);
      if (obstacle === undefined) return;
      if (this.now() + RETRY_MS > deadline) {
        throw new ConnectError(
          'This worker is not able to communicate with the leader of the cluster, which is required for exactly-once ' +
            `source tasks: ${obstacle}`,
        );
      }
      await this.pause(RETRY_MS);
    }
  }

  /** What is in the way for now; undefined: done. */
  private async attempt(path: string, deadline: number): Promise<string | undefined> {
    const url = this.leaderUrl();
    if (url === undefined) return 'no herder is known to lead';
    try {
      const timeoutMs = Math.max(1, deadline - this.now());
      return outcomeOf(url, await this.client.send(url, { method: 'PUT', path, body: '', timeoutMs }));
    } catch (error) {
      if (error instanceof NoAnswerError) return error.message;
      throw error;
    }
  }
}

function outcomeOf(url: string, { status, headers, body }: InternalAnswer): string | undefined {
  if (status === 204) return undefined;
  if (status === 503 || headers[NOT_LEADER_HEADER] !== undefined) return `the herder at ${url} does not lead now`;
  throw new LeaderRefusal(messageIn(body) ?? `the herder at ${url} answered ${status}`);
}

function messageIn(body: string): string | undefined {
  try {
    const message: unknown = (JSON.parse(body) as { message?: unknown }).message;
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}
