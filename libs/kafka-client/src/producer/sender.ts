import { backoffMs } from '../connection/backoff.js';
import type { KafkaConnection } from '../connection/kafka-connection.js';
import { KafkaError } from '../errors.js';
import type { Batch } from './batch.js';
import { judge } from './produce-verdict.js';
import type { PartitionQueue } from './partition-queue.js';
import { PRODUCE, produceRequest, type PartitionAnswer, type ProduceEntry } from './produce-request.js';
import { initProducerId, type ProducerIdentity } from './producer-identity.js';
import type { ProducerSettings } from './producer-settings.js';
import { TopicTroubles } from './topic-troubles.js';

/** What is different for a producer with a transactional id. */
export interface Transactional {
  readonly transactionalId: string;
  identity(): ProducerIdentity;
  /** Called before batches of these partitions are sent: makes the partitions part of the transaction. */
  join(queues: readonly PartitionQueue[]): Promise<void>;
}

/**
 * Brings batches to the leaders of their partitions: one request in flight per broker, holding the first batch of as many
 * partitions as fit. Records that come meanwhile fill the next batches. A batch that failed for a passing reason stays
 * first in its queue, so the order within a partition holds whatever happens.
 *
 * An idempotent producer numbers its batches; the broker drops what it has already. When the broker has lost track of the
 * numbers, or a batch was given up without knowing its fate, the producer takes a new identity and counts anew.
 */
export class Sender {
  private readonly active = new Set<PartitionQueue>();
  private readonly busy = new Set<number>();
  private readonly troubles = new TopicTroubles();
  private identity: ProducerIdentity | undefined;
  private identifying = false;
  private timer: NodeJS.Timeout | undefined;
  private scheduled = false;
  /** how many wait for everything to be sent */
  private flushes = 0;
  private stopped: Error | undefined;

  constructor(
    private readonly connection: KafkaConnection,
    private readonly settings: ProducerSettings,
    /** called after batches have left a queue, acknowledged or not */
    private readonly onProgress: () => void,
    private readonly transactional?: Transactional,
  ) {}

  /** bytes that wait or are in flight */
  get pendingBytes(): number {
    let total = 0;
    for (const queue of this.active) total += queue.size;
    return total;
  }

  /** Something was appended to the queue. Sending starts after the caller's turn, so that calls of one turn share a request. */
  add(queue: PartitionQueue): void {
    this.active.add(queue);
    if (this.scheduled) return;
    this.scheduled = true;
    queueMicrotask(() => {
      this.scheduled = false;
      this.pump();
    });
  }

  /** Until `done` is settled nothing lingers, also what is still to come. */
  async flushUntil(done: Promise<unknown>): Promise<void> {
    this.flushes++;
    this.pump();
    try {
      await done;
    } finally {
      this.flushes--;
    }
  }

  /** Fails everything that waits. */
  stop(error: Error): void {
    this.stopped = error;
    clearTimeout(this.timer);
    for (const queue of this.active) if (!queue.inFlight) this.failAll(queue, error);
  }

  private pump(): void {
    if (this.stopped !== undefined) {
      this.stop(this.stopped);
      return;
    }
    const now = Date.now();
    let wakeAt = Infinity;
    const byNode = new Map<number, PartitionQueue[]>();
    for (const queue of this.active) {
      if (queue.inFlight || queue.looking) continue;
      this.expire(queue, now);
      const head = queue.head;
      if (head === undefined) {
        this.active.delete(queue);
        continue;
      }
      const lingers = this.flushes === 0 && !queue.headIsFull && this.settings.lingerMs > 0;
      const readyAt = Math.max(queue.notBefore, lingers ? head.createdAt + this.settings.lingerMs : 0);
      if (readyAt > now) {
        wakeAt = Math.min(wakeAt, readyAt, head.createdAt + this.settings.deliveryTimeoutMs);
        continue;
      }
      const leader = this.connection.knownLeader(queue.topic, queue.partition);
      if (leader === undefined) void this.lookUp(queue);
      else if (!this.busy.has(leader)) byNode.set(leader, [...(byNode.get(leader) ?? []), queue]);
    }
    if (byNode.size > 0 && this.identified()) {
      for (const [node, queues] of byNode) void this.deliver(node, this.fit(queues));
    }
    clearTimeout(this.timer);
    if (wakeAt < Infinity) this.timer = setTimeout(() => this.pump(), Math.min(wakeAt - now, 2 ** 31 - 1));
  }

  private expire(queue: PartitionQueue, now: number): void {
    const limit = this.settings.deliveryTimeoutMs;
    for (let head = queue.head; head !== undefined && now - head.createdAt >= limit; head = queue.head) {
      const message = `Expiring ${head.count} record(s) for ${queue.topic}-${queue.partition}:${limit} ms has passed since batch creation`;
      this.giveUp(queue, head, KafkaError.timeout(message));
    }
  }

  private async lookUp(queue: PartitionQueue): Promise<void> {
    queue.looking = true;
    try {
      await this.connection.leaderOf(queue.topic, queue.partition);
    } catch (error) {
      const reason = toError(error);
      if (reason instanceof KafkaError && reason.retriable) this.later(queue, reason);
      else this.failAll(queue, reason);
    }
    queue.looking = false;
    this.pump();
  }

  /** True where batches can be stamped now; otherwise sending goes on once they can. */
  private identified(): boolean {
    if (this.transactional !== undefined) this.identity = this.transactional.identity();
    if (!this.settings.idempotent || this.identity !== undefined) return true;
    if (!this.identifying) void this.identify();
    return false;
  }

  private async identify(): Promise<void> {
    this.identifying = true;
    try {
      const options = { transactionalId: null, transactionTimeoutMs: -1 };
      this.identity = await initProducerId(this.connection, 'any', options);
    } catch (error) {
      const reason = toError(error);
      const passing = reason instanceof KafkaError && reason.retriable;
      for (const queue of this.active) {
        if (queue.inFlight) continue;
        if (passing) this.later(queue, reason);
        else this.failAll(queue, reason);
      }
    }
    this.identifying = false;
    this.pump();
  }

  /** As many of the queues as have room in a request; those left out come first next time. */
  private fit(queues: readonly PartitionQueue[]): PartitionQueue[] {
    const chosen: PartitionQueue[] = [];
    let size = 0;
    for (const queue of queues) {
      const headSize = queue.head?.size ?? 0;
      if (chosen.length > 0 && size + headSize > this.settings.maxRequestSize) continue;
      size += headSize;
      chosen.push(queue);
      this.active.delete(queue);
      this.active.add(queue);
    }
    return chosen;
  }

  private async deliver(node: number, queues: readonly PartitionQueue[]): Promise<void> {
    this.busy.add(node);
    for (const queue of queues) queue.inFlight = true;
    try {
      const version = await this.connection.version(node, PRODUCE.apiKey, 'Produce', PRODUCE);
      await this.transactional?.join(queues);
      const entries: ProduceEntry[] = [];
      for (const queue of queues) {
        const { topic, partition, head } = queue;
        if (head === undefined) continue;
        const stamp = queue.stamp(this.identity, this.transactional !== undefined);
        entries.push({ topic, partition, bytes: await head.seal(stamp, this.settings.compress) });
      }
      const options = {
        acks: this.settings.acks,
        timeoutMs: this.settings.requestTimeoutMs,
        transactionalId: this.transactional?.transactionalId ?? null,
      };
      const answers = await this.connection.request(node, produceRequest(version, entries, options));
      this.settle(queues, answers);
    } catch (error) {
      const reason = toError(error);
      for (const queue of queues) {
        const head = queue.head;
        if (head === undefined || !queue.inFlight) continue;
        queue.inFlight = false;
        if (reason instanceof KafkaError && reason.retriable) this.retry(queue, head, reason);
        else this.giveUp(queue, head, reason);
      }
    }
    this.busy.delete(node);
    this.onProgress();
    this.pump();
  }

  private settle(queues: readonly PartitionQueue[], answers: readonly PartitionAnswer[]): void {
    for (const queue of queues) {
      const head = queue.head;
      queue.inFlight = false;
      if (head === undefined) continue;
      if (this.settings.acks === 0) {
        queue.removeHead();
        head.acknowledge(queue.partition, -1, -1);
        continue;
      }
      const answer = answers.find(({ topic, partition }) => topic === queue.topic && partition === queue.partition);
      this.apply(queue, head, answer);
    }
  }

  private apply(queue: PartitionQueue, head: Batch, answer: PartitionAnswer | undefined): void {
    const verdict = judge(
      queue,
      head,
      answer,
      this.transactional !== undefined ? 'transactional' : this.settings.idempotent,
    );
    switch (verdict.kind) {
      case 'written':
        queue.removeHead();
        queue.failures = 0;
        this.troubles.over(queue.topic);
        head.acknowledge(queue.partition, verdict.offset, verdict.appendTime);
        head.release();
        return;
      case 'rebuild':
        queue.replaceHead(verdict.batches);
        head.release();
        return;
      case 'new-identity':
        this.identity = undefined;
        this.later(queue, verdict.error);
        return;
      case 'retry':
        this.retry(queue, head, verdict.error);
        return;
      case 'refused':
        queue.rewind();
        queue.removeHead();
        head.fail(verdict.error);
        head.release();
    }
  }

  private retry(queue: PartitionQueue, head: Batch, error: KafkaError): void {
    head.attempts++;
    if (this.stopped !== undefined) this.giveUp(queue, head, this.stopped);
    else if (head.attempts > this.settings.retries) this.giveUp(queue, head, error);
    else this.later(queue, error);
  }

  private later(queue: PartitionQueue, error: KafkaError): void {
    this.connection.forgetTopic(queue.topic);
    this.troubles.began(queue.topic, error);
    queue.failures++;
    queue.notBefore =
      Date.now() + backoffMs(queue.failures, this.settings.retryBackoffMs, this.settings.retryBackoffMaxMs);
  }

  /** Fails a batch of which nobody knows whether the broker has it. */
  private giveUp(queue: PartitionQueue, head: Batch, error: Error): void {
    if (head.sequence !== undefined) this.identity = undefined;
    queue.removeHead();
    head.fail(error);
    this.onProgress();
  }

  private failAll(queue: PartitionQueue, error: Error): void {
    for (let head = queue.head; head !== undefined; head = queue.head) this.giveUp(queue, head, error);
    this.active.delete(queue);
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new KafkaError(String(error), { retriable: false });
}
