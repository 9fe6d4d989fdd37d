import { setImmediate as nextTurn } from 'node:timers/promises';
import { IllegalStateError, type TopicPartition, type TopicPartitionOffset } from '@tributary/connect-api';
import { loggerFor } from '@tributary/observability';
import type { ClientProperties, Consumer, IncomingRecord, RebalanceListener } from '../api.js';
import { KafkaConnection } from '../connection/kafka-connection.js';
import { KafkaError, RebalancedError } from '../errors.js';
import { Fetcher } from '../fetch/fetcher.js';
import { Membership } from '../group/membership.js';
import { removeNamesakes } from '../group/namesakes.js';
import { Signal } from '../group/signal.js';
import { BackgroundJoin } from './background-join.js';
import { consumerSettings, type ConsumerSettings } from './consumer-settings.js';
import { GroupOffsets } from './group-offsets.js';
import { PollClock } from './poll-clock.js';
import { Subscription } from './subscription.js';
import { TopicWatch } from './topic-watch.js';

const log = loggerFor('kafka.consumer');

/** How long `poll` may answer from the buffer before timers and sockets get their turn, in ms. */
const TURN_MS = 5;

/**
 * A {@link Consumer} made of a {@link Membership} and a {@link Fetcher}. Heartbeats, fetches and joins run in the
 * background and only leave a note; `poll` reads the notes, calls the listener and moves from one assignment to the next:
 *
 *   owning -> (rebalance noticed: `revoked`) -> joining -> (joined: `assigned`) -> owning
 *   owning -> (session over or `poll` called too late: `lost`) -> joining
 *
 * All partitions are given up before a join, as eager assignors want it. A `poll` that times out leaves the join running.
 */
export class KafkaConsumer implements Consumer {
  private readonly settings: ConsumerSettings;
  private readonly connection: KafkaConnection;
  private readonly subscription: Subscription;
  private readonly membership: Membership;
  private readonly fetcher: Fetcher;
  private readonly offsets: GroupOffsets;
  private readonly pollClock: PollClock;
  private readonly topicWatch: TopicWatch;
  private readonly joining: BackgroundJoin;
  private readonly changes = new Signal();
  private readonly closing = new AbortController();
  private listener: RebalanceListener | undefined;
  private assigned: readonly TopicPartition[] = [];
  private rejoinWanted = true;
  private lostReason: Error | undefined;
  private failure: KafkaError | undefined;
  private woken = false;
  private polling: Promise<readonly IncomingRecord[]> | undefined;
  private closed: Promise<void> | undefined;
  private turnAt = performance.now();

  constructor(properties: ClientProperties) {
    this.settings = consumerSettings(properties);
    this.connection = new KafkaConnection(properties);
    this.subscription = new Subscription(this.connection, this.settings);
    this.offsets = new GroupOffsets(this.connection, this.settings, this.closing.signal);
    this.fetcher = new Fetcher(this.connection, this.settings.fetch, {
      available: () => this.changes.raise(),
      outOfRange: (position) => void this.resetPosition(position),
      failed: (error) => this.fail(error),
    });
    this.membership = new Membership(this.connection, this.settings.group, this.subscription, {
      rejoinNeeded: () => this.rejoin(),
      lost: (reason) => this.lose(reason),
    });
    this.pollClock = new PollClock(this.settings.maxPollIntervalMs, () => this.polledTooLate());
    this.joining = new BackgroundJoin(this.membership, this.offsets, {
      joined: () => this.pollClock.start(),
      done: () => this.changes.raise(),
    });
    this.topicWatch = new TopicWatch(this.subscription, this.connection.settings.metadataMaxAgeMs, () => this.rejoin());
  }

  removeNamesakes(): Promise<void> {
    return removeNamesakes(this.connection, this.settings.group.groupId, this.connection.settings.clientId);
  }

  subscribe(topics: readonly string[] | RegExp, listener: RebalanceListener): void {
    this.subscription.set(topics);
    this.listener = listener;
    this.rejoin();
  }

  poll(timeoutMs: number): Promise<readonly IncomingRecord[]> {
    if (this.polling !== undefined)
      throw new IllegalStateError('poll was called while another poll of this consumer runs');
    if (this.closed !== undefined) throw new IllegalStateError('This consumer has already been closed.');
    if (this.listener === undefined) throw new IllegalStateError('Consumer is not subscribed to any topics');
    const polling = this.pollUntil(this.listener, performance.now() + timeoutMs).finally(() => {
      this.polling = undefined;
      this.pollClock.polled();
    });
    this.polling = polling;
    return polling;
  }

  wakeup(): void {
    this.woken = true;
    this.changes.raise();
  }

  assignment(): readonly TopicPartition[] {
    return this.assigned;
  }

  pause(partitions: readonly TopicPartition[]): void {
    for (const partition of partitions) this.fetcher.pause(partition);
  }

  resume(partitions: readonly TopicPartition[]): void {
    for (const partition of partitions) this.fetcher.resume(partition);
    this.changes.raise();
  }

  seek(position: TopicPartitionOffset): void {
    this.fetcher.seek(position);
  }

  position(partition: TopicPartition): number {
    return this.fetcher.position(partition);
  }

  async commit(offsets: readonly TopicPartitionOffset[]): Promise<void> {
    const member = this.membership.identity();
    if (member.generationId < 0 || this.lostReason !== undefined || this.joining.isRunning) {
      const message = `committing offsets of group ${member.groupId}: this consumer is not part of a generation now`;
      throw new RebalancedError(message, this.lostReason);
    }
    if (offsets.length > 0) await this.offsets.commit(member, offsets);
  }

  committed(partitions: readonly TopicPartition[]): Promise<TopicPartitionOffset[]> {
    return this.offsets.committed(partitions);
  }

  /** Waits for a `poll` that runs; so it must not be called from a listener. */
  close(): Promise<void> {
    this.closed ??= this.leave();
    return this.closed;
  }

  private async leave(): Promise<void> {
    this.changes.raise();
    await this.polling?.catch(() => undefined);
    this.topicWatch.stop();
    try {
      if (this.listener !== undefined)
        await (this.lostReason === undefined ? this.revoke(this.listener) : this.giveUp(this.listener));
    } finally {
      this.closing.abort(new KafkaError('This consumer has already been closed.', { retriable: false }));
      this.fetcher.close();
      await this.membership.close();
      this.pollClock.stop();
      await this.connection.close();
    }
  }

  private async pollUntil(listener: RebalanceListener, deadline: number): Promise<readonly IncomingRecord[]> {
    await this.yieldTurn();
    for (;;) {
      this.pollClock.polled();
      const owning = this.isSettled() || (await this.settle(listener));
      this.throwFailure();
      const records = owning ? this.fetcher.take(this.settings.maxPollRecords) : [];
      const leftMs = deadline - performance.now();
      if (records.length > 0 || this.woken || this.closed !== undefined || leftMs <= 0) {
        this.woken = false;
        return records;
      }
      await this.pollClock.whileWaiting(this.changes.wait(leftMs));
      this.turnAt = performance.now();
    }
  }

  private async yieldTurn(): Promise<void> {
    if (performance.now() - this.turnAt < TURN_MS) return;
    await nextTurn();
    this.turnAt = performance.now();
  }

  private isSettled(): boolean {
    return this.lostReason === undefined && !this.rejoinWanted && !this.joining.isPending;
  }

  /** Takes the next steps that the notes ask for; true when partitions may be read. */
  private async settle(listener: RebalanceListener): Promise<boolean> {
    if (this.lostReason !== undefined) await this.giveUp(listener);
    await this.arrive(listener);
    if (this.rejoinWanted && !this.joining.isPending && this.closed === undefined) {
      await this.revoke(listener).finally(() => {
        this.rejoinWanted = false;
        this.joining.start();
      });
    }
    return this.isSettled();
  }

  private async arrive(listener: RebalanceListener): Promise<void> {
    const outcome = this.joining.take();
    if (outcome === undefined) return;
    if ('error' in outcome) {
      this.rejoinWanted = true;
      if (outcome.error instanceof KafkaError && outcome.error.retriable) return;
      throw outcome.error;
    }
    const { generation, starts } = outcome;
    if (this.membership.identity().generationId !== generation.generationId) {
      this.rejoinWanted = true;
      return;
    }
    this.assigned = starts.map(({ topic, partition }) => ({ topic, partition }));
    this.fetcher.assign(starts);
    this.topicWatch.start();
    log.info(
      { group: this.settings.group.groupId, generationId: generation.generationId, partitions: this.assigned.length },
      'joined the group',
    );
    await listener.assigned(this.assigned);
    this.fetcher.pump();
  }

  private async revoke(listener: RebalanceListener): Promise<void> {
    const partitions = this.assigned;
    try {
      if (partitions.length > 0) await listener.revoked(partitions);
    } finally {
      this.disown();
    }
  }

  private async giveUp(listener: RebalanceListener): Promise<void> {
    const partitions = this.assigned;
    const reason = this.lostReason;
    this.disown();
    this.lostReason = undefined;
    if (partitions.length === 0) return;
    log.warn({ group: this.settings.group.groupId, reason: reason?.message }, 'lost the partitions');
    await listener.lost(partitions);
  }

  private disown(): void {
    this.assigned = [];
    this.fetcher.assign([]);
  }

  private rejoin(): void {
    this.rejoinWanted = true;
    this.changes.raise();
  }

  private lose(reason: Error): void {
    if (this.assigned.length > 0) this.lostReason = reason;
    // A join under way goes on and makes a new membership.
    if (!this.joining.isRunning) this.rejoin();
  }

  private polledTooLate(): void {
    // A join under way is bounded by the coordinator, which waits as long and no longer.
    if (this.joining.isRunning || this.closed !== undefined) return;
    const { groupId } = this.settings.group;
    const { maxPollIntervalMs } = this.settings;
    const message =
      `group ${groupId}: poll was not called for max.poll.interval.ms (${maxPollIntervalMs} ms), leaving the group; ` +
      'raise it or lower max.poll.records';
    log.warn({ group: groupId, maxPollIntervalMs }, message);
    void this.membership.leave();
    this.lose(new KafkaError(message, { retriable: true }));
  }

  private async resetPosition({ topic, partition, offset }: TopicPartitionOffset): Promise<void> {
    try {
      const [start] = await this.offsets.reset([{ topic, partition }]);
      if (start === undefined || this.closing.signal.aborted || !this.fetcher.has(start)) return;
      if (this.fetcher.position(start) !== offset) return;
      log.info(
        { topic, partition, offset, start: start.offset },
        'the offset is out of range, going on from auto.offset.reset',
      );
      this.fetcher.seek(start);
    } catch (error) {
      if (!this.closing.signal.aborted) this.fail(error);
    }
  }

  private fail(error: unknown): void {
    this.failure =
      error instanceof KafkaError ? error : new KafkaError(String(error), { retriable: false, cause: error });
    this.changes.raise();
  }

  private throwFailure(): void {
    const { failure } = this;
    this.failure = undefined;
    if (failure !== undefined) throw failure;
  }
}
