import { loggerFor } from '@tributary/observability';
import type { OutgoingRecord } from '../api.js';
import { backoffMs } from '../connection/backoff.js';
import { delay } from '../connection/delay.js';
import type { KafkaConnection } from '../connection/kafka-connection.js';
import { KafkaError } from '../errors.js';
import { BufferPool } from '../records/buffer-pool.js';
import { Partitioner } from './partitioner.js';
import { PartitionQueue } from './partition-queue.js';
import type { ProducerSettings } from './producer-settings.js';
import { recordFault } from './record-fault.js';
import type { SendCall } from './send-call.js';
import type { Sender } from './sender.js';

const log = loggerFor('kafka.producer');
const MISSING_TOPIC_PATIENCE_MS = 3000;

interface Topic {
  readonly name: string;
  partitions: number;
  /** ms since the epoch */
  checkedAt: number;
  readonly queues: (PartitionQueue | undefined)[];
}

/** Puts records into the queues of their partitions, in the order of the calls. */
export class Accumulator {
  private readonly topics = new Map<string, Topic>();
  private readonly pool = new BufferPool();
  private readonly partitioner: Partitioner;
  /** calls of which some records, the first one's from `next` on, wait to learn about their topic */
  private parked: SendCall[] = [];
  private next = 0;
  private readonly stopping = new AbortController();

  constructor(
    private readonly connection: KafkaConnection,
    private readonly settings: ProducerSettings,
    private readonly sender: Sender,
    /** called when no call waits any more */
    private readonly onUnparked: () => void,
  ) {
    this.partitioner = new Partitioner(settings.ignoreKeys, settings.roundRobin);
  }

  /** True while a topic that is not known holds calls up. */
  get waiting(): boolean {
    return this.parked.length > 0;
  }

  add(call: SendCall): void {
    if (this.parked.length > 0) {
      this.parked.push(call);
      return;
    }
    const next = this.place(call, 0);
    if (next === call.records.length) return;
    this.parked.push(call);
    this.next = next;
    void this.unpark();
  }

  /** Fails the calls that wait. */
  stop(error: Error): void {
    this.stopping.abort();
    const calls = this.parked;
    this.parked = [];
    for (const [index, call] of calls.entries()) call.fail(index === 0 ? this.next : 0, call.records.length, error);
  }

  /** Places records from `start` on; returns the index of the first one whose topic or partition is not known, or the end. */
  private place(call: SendCall, start: number): number {
    const { records } = call;
    let topic: Topic | undefined;
    for (let index = start; index < records.length; index++) {
      const record = records[index] as OutgoingRecord;
      if (topic === undefined || topic.name !== record.topic) topic = this.topic(record.topic, call.now);
      if (topic === undefined) return index;
      const fault = recordFault(record, this.settings.maxRequestSize);
      if (fault !== undefined) {
        call.fail(index, index + 1, fault);
        continue;
      }
      const partition = record.partition ?? this.partitioner.choose(record.key, record.value, topic.partitions);
      if (partition >= topic.partitions) return index;
      this.queue(topic, partition).append(call, index);
    }
    return records.length;
  }

  private topic(name: string, now: number): Topic | undefined {
    const topic = this.topics.get(name);
    if (topic !== undefined && now - topic.checkedAt > this.settings.metadataMaxAgeMs) {
      topic.checkedAt = now;
      // Partitions may have been added; what is known goes on to serve if the question fails.
      this.connection.partitionCount(name).then(
        (count) => {
          topic.partitions = count;
        },
        () => undefined,
      );
    }
    return topic;
  }

  private queue(topic: Topic, partition: number): PartitionQueue {
    let queue = topic.queues[partition];
    if (queue === undefined) {
      queue = new PartitionQueue(topic.name, partition, this.settings.batchSize, this.pool);
      topic.queues[partition] = queue;
    }
    this.sender.add(queue);
    return queue;
  }

  private async unpark(): Promise<void> {
    for (let call = this.parked[0]; call !== undefined; call = this.parked[0]) {
      const record = call.records[this.next];
      const failure = record === undefined ? undefined : await this.learn(record);
      if (this.stopping.signal.aborted) return;
      if (record !== undefined && failure !== undefined) this.next = skip(call, this.next, record.topic, failure);
      this.next = this.place(call, this.next);
      if (this.next < call.records.length) continue;
      this.parked.shift();
      this.next = 0;
    }
    this.onUnparked();
  }

  /** Waits until the record's topic and partition are known; returns why they are given up on. */
  private async learn(record: OutgoingRecord): Promise<Error | undefined> {
    const { topic: name, partition } = record;
    const known = this.topics.get(name);
    if (known !== undefined && (partition ?? 0) < known.partitions) return undefined;
    const { maxBlockMs, retryBackoffMs, retryBackoffMaxMs } = this.settings;
    const started = Date.now();
    let told = false;
    for (let failures = 1; ; failures++) {
      const { count, error } = await this.count(name);
      if (error !== undefined && !error.retriable) return error;
      if (count > (partition ?? 0)) {
        const queues = known?.queues ?? [];
        this.topics.set(name, { name, partitions: count, checkedAt: Date.now(), queues });
        if (told) log.info({ topic: name }, 'topic is there now');
        return undefined;
      }
      const waited = Date.now() - started;
      if (waited >= maxBlockMs || this.stopping.signal.aborted) return missing(record, count, maxBlockMs, error);
      if (!told && waited >= MISSING_TOPIC_PATIENCE_MS && error?.kafkaCode !== 'NETWORK_EXCEPTION') {
        told = true;
        log.warn(
          { topic: name, partition, reason: error?.message },
          'waiting for a topic or partition that is not there',
        );
      }
      this.connection.forgetTopic(name);
      const pause = Math.min(backoffMs(failures, retryBackoffMs, retryBackoffMaxMs), maxBlockMs - waited);
      await delay(pause, this.stopping.signal);
    }
  }

  private async count(topic: string): Promise<{ count: number; error: KafkaError | undefined }> {
    try {
      return { count: await this.connection.partitionCount(topic), error: undefined };
    } catch (error) {
      if (error instanceof KafkaError) return { count: 0, error };
      throw error;
    }
  }
}

/** Fails the record and those after it that are for the same topic; returns the index of the next one. */
function skip(call: SendCall, from: number, topic: string, error: Error): number {
  let end = from + 1;
  while (end < call.records.length && call.records[end]?.topic === topic) end++;
  call.fail(from, end, error);
  return end;
}

function missing(record: OutgoingRecord, count: number, afterMs: number, cause: unknown): KafkaError {
  const what =
    count === 0
      ? `Topic ${record.topic} not present in metadata after ${afterMs} ms.`
      : `Partition ${record.partition} of topic ${record.topic} with partition count ${count} is not present in metadata after ${afterMs} ms.`;
  return KafkaError.timeout(what, cause);
}
