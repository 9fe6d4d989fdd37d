import type { TaskCounters } from '@tributary/observability';
import type { WorkerConfig } from '@tributary/config-schemas';
import type { KafkaClientFactory } from '@tributary/kafka-client';
import type { PluginRegistry } from '@tributary/plugins';
import type { TaskPayload } from '../host/protocol.js';
import type { OffsetEntry } from '../source/offset-notes.js';
import type { SourceOffset, SourcePartition } from '@tributary/connect-api';
import type { TaskEvents } from '../task-loop.js';
import type { Activity } from '../timing/activity.js';

/** What a host thread has once, for all its tasks. */
export interface HostSetting {
  readonly worker: WorkerConfig;
  readonly plugins: PluginRegistry;
  readonly clients: KafkaClientFactory;
}

/** What the main thread does for a task. */
export interface TaskServices {
  readOffsets(partitions: readonly SourcePartition[]): Promise<(SourceOffset | null)[]>;
  /** Resolves when they are safe. */
  writeOffsets(entries: readonly OffsetEntry[]): Promise<void>;
  /** Resolves when no producer of an earlier task of the connector can write any more. */
  fenceZombies(): Promise<void>;
  /** Rejects where the connector has other task configs by now, or the task is someone else's. */
  checkOwnership(): Promise<void>;
  /** The connector uses this topic. */
  topicUsed(topic: string): void;
}

/** All that a task is given. */
export interface TaskGiven extends HostSetting {
  readonly payload: TaskPayload;
  readonly services: TaskServices;
  readonly events: TaskEvents;
  readonly stopping: AbortController;
}

/** All that a task is built from. */
export interface TaskSetting extends TaskGiven {
  readonly counters: TaskCounters;
  readonly activity: Activity;
}
