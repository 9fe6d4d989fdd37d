import { ConnectError } from '@tributary/connect-api';
import { MomentaryConflictError } from '@tributary/control-plane';
import type { LateHerder } from './late-herder.js';
import type { TaskId } from '@tributary/kafka-storage';
import { NoAnswerError, type InternalClient } from '@tributary/rest-api';

/** How long an executor may take to stop and start a task, milliseconds. */
const RESTART_TIMEOUT_MS = 60_000;

/** Restarts single tasks, which is done by the executors that run them. */
export class TaskRestarter {
  constructor(
    private readonly herder: LateHerder,
    private readonly client: InternalClient,
  ) {}

  /** A user asks for it. Resolves when the task's owner has started it anew. */
  async restart(id: TaskId): Promise<void> {
    await this.restartAt(await this.herder.get().restartTask(id), id);
  }

  /** The same at the executor that is known to run it. */
  async restartAt(ownerUrl: string, id: TaskId): Promise<void> {
    const path = `/internal/tasks/${encodeURIComponent(id.connector)}/${id.task}/restart`;
    const answer = await this.client
      .send(ownerUrl, { method: 'POST', path, body: '', timeoutMs: RESTART_TIMEOUT_MS })
      .catch((cause: unknown) => {
        if (!(cause instanceof NoAnswerError)) throw cause;
        throw new MomentaryConflictError(
          `Cannot complete request momentarily: the executor of task ${id.connector}-${id.task} does not answer, likely because a rebalance was underway.`,
          { cause },
        );
      });
    if (answer.status === 204) return;
    const message = errorMessage(answer.body) ?? `Failed to start task: ${id.connector}-${id.task}`;
    throw answer.status === 409 || answer.status === 503
      ? new MomentaryConflictError(message)
      : new ConnectError(message);
  }
}

function errorMessage(body: string): string | undefined {
  try {
    const message: unknown = (JSON.parse(body) as { message?: unknown }).message;
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}
