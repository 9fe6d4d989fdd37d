/**
 * What the main thread and a task's thread say to each other. All values are structured-clone values.
 *
 * calls:    start(); setPaused(boolean); setGrace(milliseconds)
 * events:   state TaskStateChange; failed TaskFailure; counters TaskCounters; stalled Stall | null
 * requests: offsets.read SourcePartition[] -> (SourceOffset | null)[]; offsets.write OffsetEntry[]; topic.used string;
 *           zombies.fence -; ownership.check configGeneration
 */
export const EVENT = { state: 'state', failed: 'failed', counters: 'counters', stalled: 'stalled' } as const;
export const REQUEST = {
  readOffsets: 'offsets.read',
  writeOffsets: 'offsets.write',
  topicUsed: 'topic.used',
  fenceZombies: 'zombies.fence',
  checkOwnership: 'ownership.check',
} as const;

/** All that a thread needs to know to run one task. */
export interface TaskPayload {
  readonly connector: string;
  readonly task: number;
  readonly connectorConfig: Readonly<Record<string, string>>;
  readonly taskConfig: Readonly<Record<string, string>>;
  /** how many tasks the connector has now */
  readonly taskCount: number;
  /** of the task configs that this run is made from */
  readonly configGeneration: number;
  readonly paused: boolean;
}

/** Given to each thread once. */
export interface TaskHostData {
  /** the worker's properties as they were given to the process */
  readonly properties: Readonly<Record<string, string>>;
}

export interface TaskStateChange {
  readonly state: 'RUNNING' | 'PAUSED';
  /** the task's own */
  readonly version: string | null;
}

export interface TaskFailure {
  readonly message: string;
  /** the task's own; null where there is no task */
  readonly version: string | null;
  /** as statuses carry it */
  readonly trace: string;
}
