import { setTimeout as sleep } from 'node:timers/promises';
import {
  ConfigDef,
  ConnectError,
  between,
  nonEmptyString,
  sourceRecord,
  type Props,
  type SourceConnector,
  type SourceRecord,
  type SourceTask,
  type SourceTaskContext,
} from '@tributary/connect-api';

const CONFIG = ConfigDef.define({
  topic: { type: 'STRING', importance: 'HIGH', documentation: 'Where the numbers go.', validator: nonEmptyString },
  counters: {
    type: 'INT',
    default: 1,
    importance: 'MEDIUM',
    documentation: 'How many counters to run; they are shared out to the tasks.',
    validator: between(1, 1000),
  },
  'last.number': {
    type: 'INT',
    default: 100,
    importance: 'MEDIUM',
    documentation: 'Where each counter ends.',
    validator: between(1, 1_000_000_000),
  },
});

/** Counts from 1 to `last.number`, once per counter. Each task runs some of the counters. */
export class CountingSourceConnector implements SourceConnector {
  static readonly className = 'com.example.CountingSourceConnector';
  #props: Props = {};

  version(): string {
    return '1.0.0';
  }

  config(): ConfigDef {
    return CONFIG;
  }

  taskClass(): typeof CountingSourceTask {
    return CountingSourceTask;
  }

  start(props: Props): void {
    this.#props = props;
  }

  taskConfigs(maxTasks: number): Props[] {
    const counters = CONFIG.parse(this.#props).int('counters');
    const tasks = Math.min(maxTasks, counters);
    return Array.from({ length: tasks }, (_, task) => ({
      ...this.#props,
      'task.counters': Array.from({ length: counters }, (_, n) => n)
        .filter((n) => n % tasks === task)
        .join(','),
    }));
  }

  stop(): void {}
}

const BATCH_SIZE = 500;
const IDLE_MS = 500;

/** A record per number: key the counter, value `{"counter":c,"number":n}`, partition `{"counter":c}`, offset `{"number":n}`. */
export class CountingSourceTask implements SourceTask {
  #context: SourceTaskContext | undefined;
  #topic = '';
  #last = 0;
  /** the next number of each counter */
  readonly #next = new Map<number, number>();

  version(): string {
    return '1.0.0';
  }

  initialize(context: SourceTaskContext): void {
    this.#context = context;
  }

  /** Goes on where the last run of any task left each counter. */
  async start(props: Props): Promise<void> {
    const config = CONFIG.parse(props);
    this.#topic = config.string('topic');
    this.#last = config.int('last.number');
    const counters = (props['task.counters'] ?? '').split(',').map(Number);
    const stored = (await this.#context?.offsetReader.offsets(counters.map((counter) => ({ counter })))) ?? [];
    counters.forEach((counter, index) => this.#next.set(counter, numberIn(stored[index]) + 1));
    this.#context?.log.info(`counting with ${counters.length} counters`);
  }

  async poll(): Promise<SourceRecord[] | null> {
    for (const [counter, next] of this.#next) {
      const end = Math.min(next + BATCH_SIZE, this.#last + 1);
      if (next >= end) continue;
      this.#next.set(counter, end);
      return Array.from({ length: end - next }, (_, index) => this.#record(counter, next + index));
    }
    // Nothing now: wait a little, but no longer than the task lives.
    await sleep(IDLE_MS, undefined, { signal: this.#context?.signal }).catch(() => undefined);
    return null;
  }

  stop(): void {}

  #record(counter: number, number: number): SourceRecord {
    return sourceRecord({
      sourcePartition: { counter },
      sourceOffset: { number },
      topic: this.#topic,
      key: String(counter),
      value: { counter, number },
    });
  }
}

function numberIn(offset: Readonly<Record<string, unknown>> | null | undefined): number {
  if (offset === null || offset === undefined) return 0;
  const { number } = offset;
  if (typeof number !== 'number') throw new ConnectError(`the stored offset has no number: ${JSON.stringify(offset)}`);
  return number;
}
