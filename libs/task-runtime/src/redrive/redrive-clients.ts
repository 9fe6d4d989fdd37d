import type { TopicPartition, TopicPartitionOffset } from '@tributary/connect-api';
import type {
  Consumer,
  IncomingRecord,
  KafkaClientFactory,
  Producer,
  RebalanceListener,
} from '@tributary/kafka-client';
import type { RedriveLedger } from './redrive-ledger.js';
import type { SelectedLetter } from './letter-selection.js';

/** so many records at a time, as a consumer gives them unless told */
const BATCH = 500;
/** how long a poll waits that has nothing to give, milliseconds */
const IDLE_MS = 1_000;

export interface RedriveEvents {
  /** All letters have been with the task. */
  exhausted(): void;
  /** The task goes back to earlier records: it could not keep what it was given. */
  rewound(): void;
}

/**
 * The consumer of a redriven sink task: gives it the records of letters as if they came from their topics, and notes
 * what it says is durable. There is no group, and no offset gets to Kafka.
 */
export class RedriveConsumer implements Consumer {
  private readonly partitions: readonly TopicPartition[];
  private listener: RebalanceListener | undefined;
  private assigned = false;
  private remaining: readonly SelectedLetter[];
  private begun = false;
  private readonly resting = new Set<string>();
  private wake: () => void = () => undefined;

  constructor(
    letters: readonly SelectedLetter[],
    private readonly ledger: RedriveLedger,
    private readonly events: RedriveEvents,
  ) {
    const known = new Map(
      letters.map(({ record: { topic, partition } }) => [`${partition} ${topic}`, { topic, partition }]),
    );
    this.partitions = [...known.values()];
    this.remaining = letters;
  }

  async removeNamesakes(): Promise<void> {}

  subscribe(_topics: readonly string[] | RegExp, listener: RebalanceListener): void {
    this.listener = listener;
  }

  async poll(timeoutMs: number): Promise<readonly IncomingRecord[]> {
    if (!this.assigned) {
      this.assigned = true;
      await this.listener?.assigned(this.partitions);
      return [];
    }
    if (this.remaining.length === 0 && this.resting.size === 0) {
      this.events.exhausted();
      return [];
    }
    const batch = this.batch();
    if (batch.length === 0) await this.idle(timeoutMs);
    return batch;
  }

  wakeup(): void {
    this.wake();
  }

  assignment(): readonly TopicPartition[] {
    return this.assigned ? this.partitions : [];
  }

  pause(partitions: readonly TopicPartition[]): void {
    for (const { topic, partition } of partitions) this.resting.add(`${partition} ${topic}`);
  }

  resume(partitions: readonly TopicPartition[]): void {
    for (const { topic, partition } of partitions) this.resting.delete(`${partition} ${topic}`);
  }

  /** A task that remembers where it was says so when it begins; that has no meaning here. */
  seek(): void {
    if (this.begun) this.events.rewound();
  }

  /** Before all records, so that whatever the task says is durable is news. */
  position(): number {
    return 0;
  }

  async commit(offsets: readonly TopicPartitionOffset[]): Promise<void> {
    this.ledger.committed(offsets);
  }

  async committed(): Promise<TopicPartitionOffset[]> {
    return [];
  }

  async close(): Promise<void> {
    this.wake();
  }

  /** The next records, but for those of partitions that rest. */
  private batch(): IncomingRecord[] {
    const flowing = this.remaining.filter(({ record }) => !this.resting.has(`${record.partition} ${record.topic}`));
    const batch = new Set(flowing.slice(0, BATCH));
    if (batch.size === 0) return [];
    this.remaining = this.remaining.filter((letter) => !batch.has(letter));
    this.begun = true;
    this.ledger.handedOut(batch);
    return [...batch].map(({ record }) => record);
  }

  private idle(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.min(timeoutMs, IDLE_MS));
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** The clients of a redriven task: Kafka's, but for the consumer, and for a producer that tells the ledger of dead letters. */
export function redriveClients(
  clients: KafkaClientFactory,
  consumer: Consumer,
  ledger: RedriveLedger,
): KafkaClientFactory {
  return {
    ...clients,
    consumer: () => consumer,
    producer: (properties) => notingProducer(clients.producer(properties), ledger),
  };
}

function notingProducer(producer: Producer, ledger: RedriveLedger): Producer {
  return {
    send: async (records, options) => {
      const letters = records.map((record) => ledger.returning(record));
      try {
        const sent = await producer.send(
          letters.map(({ record }) => record),
          options,
        );
        for (const letter of letters) letter.written();
        return sent;
      } catch (error) {
        for (const letter of letters) letter.refused();
        throw error;
      }
    },
    ready: () => producer.ready(),
    flush: () => producer.flush(),
    close: (timeoutMs) => producer.close(timeoutMs),
  };
}
