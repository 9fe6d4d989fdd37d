import { MomentaryConflictError } from '@tributary/control-plane';
import { NoAnswerError, type InternalAnswer, type InternalClient } from '@tributary/rest-api';
import type { LateHerder } from './late-herder.js';

/** How long an executor may take for a preview, milliseconds: it gives up by itself before. */
const PREVIEW_TIMEOUT_MS = 45_000;

/** Has executors, where the connectors' plugins and what their config providers read are, work for a connector. */
export class ToolRequests {
  private next = 0;

  constructor(
    private readonly herder: LateHerder,
    private readonly client: Pick<InternalClient, 'send'>,
  ) {}

  /** The executors' turn goes round. Its answer is the client's, whatever it is. */
  async preview(connector: string, body: string): Promise<InternalAnswer> {
    const executors = this.herder.get().executorsAsLeader();
    const executor = executors[this.next++ % executors.length];
    if (executor === undefined) {
      throw new MomentaryConflictError('Cannot complete request momentarily: there is no task executor');
    }
    const path = `/internal/tools/${encodeURIComponent(connector)}/preview`;
    try {
      return await this.client.send(executor.url, { method: 'POST', path, body, timeoutMs: PREVIEW_TIMEOUT_MS });
    } catch (cause) {
      if (!(cause instanceof NoAnswerError)) throw cause;
      throw new MomentaryConflictError(`Cannot complete request momentarily: ${cause.message}`, { cause });
    }
  }
}
