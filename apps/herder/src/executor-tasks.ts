import type { Herder } from '@tributary/control-plane';
import { NoAnswerError, type InternalClient } from '@tributary/rest-api';

/** How long an executor may take to say what it runs, milliseconds. */
const ANSWER_TIMEOUT_MS = 5_000;

/** Asks the executors themselves what they run: what they were assigned says nothing of tasks that are still ending. */
export class ExecutorTasks {
  constructor(
    private readonly herder: Pick<Herder, 'executors'>,
    private readonly client: InternalClient,
  ) {}

  /** True where an executor has a task of the connector, or does not say. */
  async run(connector: string): Promise<boolean> {
    const answers = await Promise.all(this.herder.executors().map(({ url }) => this.runsAt(url, connector)));
    return answers.includes(true);
  }

  private async runsAt(url: string, connector: string): Promise<boolean> {
    const path = `/internal/tasks/${encodeURIComponent(connector)}`;
    try {
      const answer = await this.client.send(url, { method: 'GET', path, body: '', timeoutMs: ANSWER_TIMEOUT_MS });
      return answer.status !== 200 || answer.body !== '[]';
    } catch (error) {
      if (error instanceof NoAnswerError) return true;
      throw error;
    }
  }
}
