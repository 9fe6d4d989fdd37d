import { ConflictError, ConnectError } from '@tributary/connect-api';
import { MomentaryConflictError } from '@tributary/control-plane';
import {
  NoAnswerError,
  withMasks,
  type InternalAnswer,
  type InternalClient,
  type InternalRequest,
} from '@tributary/rest-api';
import type { LateHerder } from './late-herder.js';

/** How long an executor may take for a tool, milliseconds: it gives up by itself before. */
const PREVIEW_TIMEOUT_MS = 45_000;
const REDRIVE_TIMEOUT_MS = 85_000;
/** how long it may take to say what it does */
const ANSWER_TIMEOUT_MS = 5_000;

/**
 * Has executors, where the connectors' plugins and what their config providers read are, work for a connector. Their turn
 * goes round. What an executor answers is the client's answer, whatever it is.
 */
export class ToolRequests {
  private next = 0;
  private readonly redriven = new Set<string>();

  constructor(
    private readonly herder: LateHerder,
    private readonly client: Pick<InternalClient, 'send'>,
  ) {}

  /** `masks`: passwords in a configuration that it brings may be masked. */
  async preview(connector: string, body: string, masks: boolean): Promise<InternalAnswer> {
    const url = this.executorUrl();
    const plain = pathOf(connector, 'preview');
    const request = { method: 'POST', path: masks ? withMasks(plain) : plain, body, timeoutMs: PREVIEW_TIMEOUT_MS };
    return this.client.send(url, request).catch(notNow);
  }

  /**
   * One redrive of a connector at a time: the executors are asked as well, because another herder may have led when one
   * began. It is never begun twice.
   */
  async redrive(connector: string, body: string): Promise<InternalAnswer> {
    const url = this.executorUrl();
    if (this.redriven.has(connector)) throw underWay(connector);
    this.redriven.add(connector);
    try {
      if (await this.isRedriven(connector)) throw underWay(connector);
      const request = { method: 'POST', path: pathOf(connector, 'redrive'), body, timeoutMs: REDRIVE_TIMEOUT_MS };
      return await this.client.send(url, request).catch((cause: unknown) => {
        if (!(cause instanceof NoAnswerError) || !cause.sent) return notNow(cause);
        throw new ConnectError(
          `The redrive got no answer: ${cause.message}. Some dead letters may have been delivered; all are still in the queue.`,
          { cause },
        );
      });
    } finally {
      this.redriven.delete(connector);
    }
  }

  private async isRedriven(connector: string): Promise<boolean> {
    const request: InternalRequest = {
      method: 'GET',
      path: pathOf(connector, 'redrive'),
      body: '',
      timeoutMs: ANSWER_TIMEOUT_MS,
    };
    const executors = this.herder.get().executorsAsLeader();
    const answers = await Promise.all(executors.map(({ url }) => this.client.send(url, request).catch(notNow)));
    return answers.some(({ status, body }) => status === 200 && body === 'true');
  }

  private executorUrl(): string {
    const executors = this.herder.get().executorsAsLeader();
    const executor = executors[this.next++ % executors.length];
    if (executor !== undefined) return executor.url;
    throw new MomentaryConflictError('Cannot complete request momentarily: there is no task executor');
  }
}

function pathOf(connector: string, tool: string): string {
  return `/internal/tools/${encodeURIComponent(connector)}/${tool}`;
}

function underWay(connector: string): ConflictError {
  return new ConflictError(`A redrive of connector ${connector} is under way`);
}

/** Nothing was done: the client's gateway asks again. */
function notNow(cause: unknown): never {
  if (!(cause instanceof NoAnswerError)) throw cause;
  throw new MomentaryConflictError(`Cannot complete request momentarily: ${cause.message}`, { cause });
}
