import { ConnectError } from '@tributary/connect-api';
import type { ConfigStore, TaskId } from '@tributary/kafka-storage';
import { taskName } from './reconcile-plan.js';

/** Asks the leading herder to fence the producers of a connector's earlier tasks; resolves when that is done. */
export type FenceZombies = (connector: string) => Promise<void>;

/** What an exactly-once source task must know before it writes: that no earlier task does, and that it is not one itself. */
export class ZombieCheck {
  constructor(
    private readonly configs: Pick<ConfigStore, 'refresh' | 'snapshot'>,
    private readonly fenceZombies: FenceZombies,
  ) {}

  /** The leader is asked once for each set of task configs; whoever comes later sees in the config topic that it is done. */
  async fence(connector: string): Promise<void> {
    try {
      await this.configs.refresh();
      if (this.configs.snapshot().pendingFencing(connector)) await this.fenceZombies(connector);
    } catch (cause) {
      if (cause instanceof ConnectError) throw cause;
      throw new ConnectError('Failed to perform zombie fencing', { cause });
    }
  }

  async checkGeneration(id: TaskId, generation: number): Promise<void> {
    await this.configs.refresh();
    if (this.configs.snapshot().taskConfigGeneration(id.connector) === generation) return;
    throw new ConnectError(
      `Cannot start source task ${taskName(id)} with exactly-once support as the connector has already generated a new set of task configs`,
    );
  }
}
