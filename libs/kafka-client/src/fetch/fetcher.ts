import type { TopicPartition, TopicPartitionOffset } from '@tributary/connect-api';
import type { IncomingRecord } from '../api.js';
import { delay } from '../connection/delay.js';
import type { KafkaConnection } from '../connection/kafka-connection.js';
import { KafkaError } from '../errors.js';
import { protocolError } from '../protocol/error-codes.js';
import { fetchRequest, type FetchAnswer, type FetchedPartition } from './fetch-request.js';
import type { FetchSettings } from './fetch-settings.js';
import { PartitionFetch } from './partition-fetch.js';

/**
 * The first wait at a broker while one of its partitions is left out because its buffer is full: a long one would keep
 * that partition waiting when its buffer has been used up. Doubles while nothing is taken.
 */
const WAIT_BESIDE_FULL_MS = 16;
/** Errors that pass when another leader is found or the broker has caught up. */
const PASSING = new Set(['UNKNOWN_SERVER_ERROR', 'NOT_LEADER_OR_FOLLOWER', 'UNKNOWN_TOPIC_OR_PARTITION']);

export interface FetcherEvents {
  /** There is something to take. */
  available(): void;
  /** There is nothing at the partition's position: it is not fetched again before the next `seek`. */
  outOfRange(partition: TopicPartitionOffset): void;
  /** Reading the partition is refused, e.g. not authorised; it goes on trying. */
  failed(error: KafkaError): void;
}

/**
 * Fetches partitions in the background into a bounded buffer: one request at a time to each broker, the next one sent as
 * soon as an answer is in, so that decoding goes on beside it. A partition is fetched while less than
 * `max.partition.fetch.bytes` of it waits, all together while less than `fetch.max.bytes` waits.
 */
export class Fetcher {
  private readonly partitions = new Map<string, PartitionFetch>();
  /** Those with blocks, in turn. */
  private ready: PartitionFetch[] = [];
  private readonly busyNodes = new Set<number>();
  private waitBesideFullMs = WAIT_BESIDE_FULL_MS;
  private findingLeaders = false;
  private readonly closing = new AbortController();

  constructor(
    private readonly connection: KafkaConnection,
    private readonly settings: FetchSettings,
    private readonly events: FetcherEvents,
  ) {}

  /** Reads these partitions, from these offsets, instead of the ones before. */
  assign(positions: readonly TopicPartitionOffset[]): void {
    for (const state of this.partitions.values()) state.epoch++;
    this.partitions.clear();
    this.ready = [];
    for (const { topic, partition, offset } of positions) {
      this.partitions.set(keyOf(topic, partition), new PartitionFetch(topic, partition, offset));
    }
  }

  /** Sends what can be sent; called after `assign` when reading is to begin. */
  pump(): void {
    if (this.closing.signal.aborted) return;
    let queuedBytes = 0;
    const wanted = new Map<number, PartitionFetch[]>();
    const full = new Set<number>();
    for (const state of this.partitions.values()) {
      if (state.paused) continue;
      queuedBytes += state.queuedBytes;
      if (!state.positioned || state.backingOff) continue;
      const leader = this.connection.knownLeader(state.topic, state.partition);
      if (leader === undefined) {
        void this.findLeaders();
      } else if (!this.busyNodes.has(leader)) {
        const states = wanted.get(leader);
        if (state.queuedBytes >= this.settings.maxPartitionBytes) full.add(leader);
        else if (states === undefined) wanted.set(leader, [state]);
        else states.push(state);
      }
    }
    if (queuedBytes >= this.settings.maxBytes) return;
    for (const [leader, states] of wanted) void this.fetch(leader, states, full.has(leader));
  }

  /** Up to `max` records of what is there, one partition after the other. Throws where a batch is broken. */
  take(max: number): IncomingRecord[] {
    const records: IncomingRecord[] = [];
    let freed = false;
    let looked = 0;
    while (records.length < max && looked < this.ready.length) {
      const state = this.ready[0];
      if (state === undefined) break;
      if (state.paused) {
        this.rotate();
        looked++;
        continue;
      }
      if (!this.takeFrom(state, records, max)) break;
      freed = true;
      looked = 0;
      if (state.hasBlocks) this.rotate();
      else this.ready.shift();
    }
    if (freed) {
      this.waitBesideFullMs = WAIT_BESIDE_FULL_MS;
      this.pump();
    }
    return records;
  }

  has(partition: TopicPartition): boolean {
    return this.partitions.has(keyOf(partition.topic, partition.partition));
  }

  /** True where `take` may have something. */
  get hasReady(): boolean {
    return this.ready.some((state) => !state.paused);
  }

  seek({ topic, partition, offset }: TopicPartitionOffset): void {
    const state = this.state({ topic, partition });
    state.seek(offset);
    this.ready = this.ready.filter((other) => other !== state);
    this.pump();
  }

  position(partition: TopicPartition): number {
    return this.state(partition).position;
  }

  positions(): TopicPartitionOffset[] {
    return [...this.partitions.values()].map(({ topic, partition, position }) => ({
      topic,
      partition,
      offset: position,
    }));
  }

  pause(partition: TopicPartition): void {
    this.state(partition).paused = true;
  }

  resume(partition: TopicPartition): void {
    this.state(partition).paused = false;
    this.pump();
  }

  /** Nothing is sent and no event comes afterwards; what waits at a broker is dropped. */
  close(): void {
    this.closing.abort();
    this.assign([]);
  }

  private state({ topic, partition }: TopicPartition): PartitionFetch {
    const state = this.partitions.get(keyOf(topic, partition));
    if (state !== undefined) return state;
    throw new KafkaError(`No current assignment for partition ${topic}-${partition}`, {
      retriable: false,
      referenceClass: 'java.lang.IllegalStateException',
    });
  }

  /** True where a block was used up. A broken batch must not take away the records that came before it. */
  private takeFrom(state: PartitionFetch, records: IncomingRecord[], max: number): boolean {
    try {
      return state.take(records, max - records.length);
    } catch (error) {
      this.rotate();
      if (records.length === 0) throw error;
      return false;
    }
  }

  private rotate(): void {
    const first = this.ready.shift();
    if (first !== undefined) this.ready.push(first);
  }

  private async fetch(leader: number, states: readonly PartitionFetch[], besideFull: boolean): Promise<void> {
    this.busyNodes.add(leader);
    const epochs = states.map((state) => state.epoch);
    const { settings } = this;
    const maxWaitMs = besideFull ? Math.min(this.waitBesideFullMs, settings.maxWaitMs) : settings.maxWaitMs;
    if (besideFull) this.waitBesideFullMs = Math.min(this.waitBesideFullMs * 2, Math.max(1, settings.maxWaitMs));
    let answer: FetchAnswer | undefined;
    try {
      answer = await this.connection.request(leader, fetchRequest(states, { ...settings, maxWaitMs }), 'fetch');
      if (answer.errorCode !== 0) throw KafkaError.fromCode(answer.errorCode, `fetching from broker ${leader}`);
    } catch (error) {
      answer = undefined;
      if (!this.closing.signal.aborted) this.unreachable(states, error);
    }
    this.busyNodes.delete(leader);
    if (this.closing.signal.aborted) return;
    const current = new Map(
      states
        .filter((state, index) => state.epoch === epochs[index])
        .map((state) => [keyOf(state.topic, state.partition), state]),
    );
    const waited = this.ready.length;
    for (const fetched of answer?.partitions ?? []) {
      const state = current.get(keyOf(fetched.topic, fetched.partition));
      if (state !== undefined) this.accept(state, fetched);
    }
    this.pump();
    if (this.ready.length > waited) this.events.available();
  }

  private accept(state: PartitionFetch, fetched: FetchedPartition): void {
    if (fetched.errorCode !== 0) {
      this.refused(state, fetched.errorCode);
      return;
    }
    const wasEmpty = !state.hasBlocks;
    if (!state.add(fetched, this.settings.checkCrcs)) return;
    if (wasEmpty) this.ready.push(state);
    // Whoever got nothing this time comes first the next time.
    const key = keyOf(state.topic, state.partition);
    this.partitions.delete(key);
    this.partitions.set(key, state);
  }

  private refused(state: PartitionFetch, errorCode: number): void {
    const { topic, partition } = state;
    const error = KafkaError.fromCode(errorCode, `fetching ${topic}-${partition}`);
    if (error.kafkaCode === 'OFFSET_OUT_OF_RANGE') {
      // What waits is still good: only when it is used up is there nothing more.
      if (state.hasBlocks) {
        void this.backOff([state]);
        return;
      }
      state.positioned = false;
      this.events.outOfRange({ topic, partition, offset: state.position });
      return;
    }
    this.connection.forgetTopic(topic);
    void this.backOff([state]);
    if (!error.retriable && !PASSING.has(protocolError(errorCode).name)) this.events.failed(error);
  }

  private unreachable(states: readonly PartitionFetch[], error: unknown): void {
    for (const { topic } of states) this.connection.forgetTopic(topic);
    void this.backOff(states);
    if (error instanceof KafkaError && !error.retriable) this.events.failed(error);
  }

  private async backOff(states: readonly PartitionFetch[]): Promise<void> {
    for (const state of states) state.backingOff = true;
    await delay(this.settings.retryBackoffMs, this.closing.signal);
    for (const state of states) state.backingOff = false;
    this.pump();
  }

  private async findLeaders(): Promise<void> {
    if (this.findingLeaders) return;
    this.findingLeaders = true;
    const unknown = [...this.partitions.values()].filter((state) => this.isLeaderless(state));
    const found = await Promise.all(unknown.map((state) => this.findLeader(state)));
    if (found.includes(false)) await delay(this.settings.retryBackoffMs, this.closing.signal);
    this.findingLeaders = false;
    this.pump();
  }

  private isLeaderless({ topic, partition }: PartitionFetch): boolean {
    return this.connection.knownLeader(topic, partition) === undefined;
  }

  private async findLeader({ topic, partition }: PartitionFetch): Promise<boolean> {
    try {
      await this.connection.leaderOf(topic, partition);
      return true;
    } catch (error) {
      if (!this.closing.signal.aborted && error instanceof KafkaError && !error.retriable) this.events.failed(error);
      return false;
    }
  }
}

function keyOf(topic: string, partition: number): string {
  return `${partition} ${topic}`;
}
