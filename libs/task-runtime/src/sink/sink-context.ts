import type {
  ErrantRecordReporter,
  Props,
  SinkTaskContext,
  TopicPartition,
  TopicPartitionOffset,
} from '@tributary/connect-api';
import { partitionName } from './sink-offsets.js';

/** What a sink task asked for and the loop has yet to do. */
export class SinkContext implements SinkTaskContext {
  /** milliseconds to wait before the next delivery; undefined: not said */
  retryAfterMs: number | undefined;
  commitRequested = false;
  /** by name; partitions that the task wants to rest */
  readonly resting = new Map<string, TopicPartition>();
  private seeks: TopicPartitionOffset[] = [];

  constructor(
    readonly connectorName: string,
    readonly taskId: number,
    private readonly options: {
      readonly configs: () => Props;
      readonly assignment: () => readonly TopicPartition[];
      /** something above changed */
      readonly changed: () => void;
      readonly signal: AbortSignal;
      readonly errantRecordReporter: ErrantRecordReporter | null;
      readonly log: SinkTaskContext['log'];
    },
  ) {}

  get signal(): AbortSignal {
    return this.options.signal;
  }

  get errantRecordReporter(): ErrantRecordReporter | null {
    return this.options.errantRecordReporter;
  }

  get log(): SinkTaskContext['log'] {
    return this.options.log;
  }

  configs(): Props {
    return this.options.configs();
  }

  assignment(): readonly TopicPartition[] {
    return this.options.assignment();
  }

  seek(offsets: readonly TopicPartitionOffset[]): void {
    this.seeks.push(...offsets);
  }

  timeout(ms: number): void {
    this.retryAfterMs = ms;
  }

  pause(partitions: readonly TopicPartition[]): void {
    for (const partition of partitions) this.resting.set(partitionName(partition), partition);
    this.options.changed();
  }

  resume(partitions: readonly TopicPartition[]): void {
    for (const partition of partitions) this.resting.delete(partitionName(partition));
    this.options.changed();
  }

  requestCommit(): void {
    this.commitRequested = true;
  }

  /** The seeks asked for since the last call. */
  takeSeeks(): readonly TopicPartitionOffset[] {
    const seeks = this.seeks;
    this.seeks = [];
    return seeks;
  }

  /** Partitions were lost: what was asked about them has no meaning any more. */
  forget(partitions: readonly TopicPartition[]): void {
    const names = new Set(partitions.map(partitionName));
    for (const name of names) this.resting.delete(name);
    this.seeks = this.seeks.filter((position) => !names.has(partitionName(position)));
  }
}
