import { IllegalStateError, type SourcePartition } from '@tributary/connect-api';
import type { OffsetStore, StatusStore, TaskId } from '@tributary/kafka-storage';
import { REQUEST } from '../host/protocol.js';
import type { OffsetEntry } from '../source/offset-notes.js';
import type { ZombieCheck } from './zombie-check.js';

/** Answers what tasks ask from their threads, through the stores that the process has once. */
export class TaskRequests {
  constructor(
    private readonly offsets: OffsetStore,
    private readonly statuses: StatusStore,
    private readonly zombies: ZombieCheck,
  ) {}

  async answer(id: TaskId, name: string, payload: unknown): Promise<unknown> {
    switch (name) {
      case REQUEST.readOffsets:
        return this.offsets.get(id.connector, payload as readonly SourcePartition[]);
      case REQUEST.writeOffsets:
        return this.offsets.put(id.connector, payload as readonly OffsetEntry[]);
      case REQUEST.topicUsed:
        return this.statuses.putTopic(id.connector, id.task, payload as string);
      case REQUEST.fenceZombies:
        return this.zombies.fence(id.connector);
      case REQUEST.checkOwnership:
        return this.zombies.checkGeneration(id, payload as number);
      default:
        throw new IllegalStateError(`a task asked for '${name}', which does not exist`);
    }
  }
}
