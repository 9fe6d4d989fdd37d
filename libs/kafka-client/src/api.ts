/**
 * What the rest of the program sees of Kafka. Properties are the Java client's (`bootstrap.servers`, `acks`,
 * `max.poll.records`, ...). Offsets are numbers: Kafka would need 285 years at a million records a second to pass 2^53.
 */
import type {
  Bytes,
  RecordMetadata,
  TimestampType,
  TopicPartition,
  TopicPartitionOffset,
} from '@tributary/connect-api';

export type ClientProperties = Readonly<Record<string, string>>;

/** A header as it stands on the wire. */
export interface WireHeader {
  readonly key: string;
  readonly value: Bytes;
}

/** A record ready to be produced. */
export interface OutgoingRecord {
  readonly topic: string;
  /** null: murmur2 of the key, or any partition where there is none */
  readonly partition: number | null;
  readonly key: Bytes;
  readonly value: Bytes;
  readonly headers: readonly WireHeader[] | undefined;
  /** milliseconds since the epoch; null: now */
  readonly timestamp: number | null;
}

/** A record as it was read. `key` and `value` are views into the fetched block: copy what must outlive the batch. */
export interface IncomingRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: number;
  readonly timestampType: TimestampType;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  /** undefined where there are none */
  readonly headers: readonly { readonly key: string; readonly value: Buffer | null }[] | undefined;
}

/** Thrown by the clients. `retriable`: the same call may succeed later. `kafkaCode`: the broker's error name, if it was one. */
export interface KafkaErrorLike extends Error {
  readonly retriable: boolean;
  readonly kafkaCode: string | undefined;
}

export interface TopicSpec {
  readonly name: string;
  /** -1: the broker's default */
  readonly partitions: number;
  /** -1: the broker's default */
  readonly replicationFactor: number;
  readonly configs: Readonly<Record<string, string>>;
}

export interface GroupDescription {
  readonly state: string;
  readonly protocolType: string;
  readonly members: readonly {
    readonly memberId: string;
    readonly clientId: string;
    readonly metadata: Buffer;
    readonly assignment: Buffer;
  }[];
}

export interface Admin {
  clusterId(): Promise<string>;
  /** True: created; false: it was there. */
  createTopic(spec: TopicSpec): Promise<boolean>;
  /** The number of partitions of each topic that exists. Never creates one. */
  partitionCounts(topics: readonly string[]): Promise<Map<string, number>>;
  listTopics(): Promise<string[]>;
  /** The topic's effective configuration; undefined where this client may not ask. */
  topicConfigs(topic: string): Promise<Map<string, string> | undefined>;
  listOffsets(
    partitions: readonly TopicPartition[],
    at: 'earliest' | 'latest',
    isolation?: 'read_uncommitted' | 'read_committed',
  ): Promise<TopicPartitionOffset[]>;
  /** A group that does not exist has the state `Dead` and no members. */
  describeGroup(groupId: string): Promise<GroupDescription>;
  groupOffsets(groupId: string): Promise<TopicPartitionOffset[]>;
  alterGroupOffsets(groupId: string, offsets: readonly TopicPartitionOffset[]): Promise<void>;
  /** Forgets committed offsets; a partition that has none is left as it is. */
  deleteGroupOffsets(groupId: string, partitions: readonly TopicPartition[]): Promise<void>;
  /** A group that does not exist is no error. */
  deleteGroup(groupId: string): Promise<void>;
  /** Shuts out the producers that have these transactional ids now; what they have open is aborted. */
  fenceProducers(transactionalIds: readonly string[]): Promise<void>;
  /** A topic that does not exist is no error. */
  deleteTopic(topic: string): Promise<void>;
  close(): Promise<void>;
}

/** Some records of a `send` were refused for good; the others are in Kafka. */
export interface SendFailure {
  /** index in the array given to `send` */
  readonly index: number;
  readonly error: Error;
}

/**
 * Produces in order per partition. Retriable errors are retried inside until `delivery.timeout.ms`; batches are built
 * straight into one buffer per request.
 */
export interface Producer {
  /**
   * Resolves when Kafka has acknowledged every record as `acks` says; rejects with a `SendError` that lists the
   * {@link SendFailure}s. Records of later calls go after those of earlier ones. With `metadata`, resolves to where each
   * record went; a `SendError` tells it of the others.
   */
  send(
    records: readonly OutgoingRecord[],
    options?: { metadata?: boolean },
  ): Promise<readonly RecordMetadata[] | undefined>;
  /** Resolves when less than `buffer.memory` waits to be acknowledged: await it before the next `send`. */
  ready(): Promise<void>;
  /** Resolves when all that was sent so far is acknowledged or has failed. */
  flush(): Promise<void>;
  /** Idempotent. Waits up to `timeoutMs` for what is in flight, then gives up on it: nothing is written after `close`. */
  close(timeoutMs?: number): Promise<void>;
}

/** A producer with a transactional id: opening it fences every earlier one of that id. */
export interface TransactionalProducer {
  /** Takes over the transactional id; aborts what an earlier owner left open. */
  open(): Promise<void>;
  /** All or nothing; resolves when committed. Throws a `FencedError` once another producer took the id over. */
  transact(records: readonly OutgoingRecord[]): Promise<readonly RecordMetadata[]>;
  close(): Promise<void>;
}

/**
 * A producer with a transactional id whose transactions take any number of `send`s: the first one after an end begins the
 * next. After a failure nothing can be committed any more but what comes after an `abort`.
 */
export interface TransactionStream {
  /** As {@link TransactionalProducer.open}. */
  open(): Promise<void>;
  /** As {@link Producer.send}; what it resolves to counts once the transaction is committed. */
  send(
    records: readonly OutgoingRecord[],
    options?: { metadata?: boolean },
  ): Promise<readonly RecordMetadata[] | undefined>;
  /** As {@link Producer.ready}. */
  ready(): Promise<void>;
  /** why the transaction under way cannot be committed; undefined: nothing is known against it */
  readonly failure: Error | undefined;
  /** Waits for all that was sent and makes it count; throws the {@link failure}. Without anything sent it does nothing. */
  commit(): Promise<void>;
  /** Waits for all that was sent and makes it count for nothing; throws where the transactional id is someone else's. */
  abort(): Promise<void>;
  /** Nothing is written any more; a transaction that is open is aborted by the next owner of the id, or by its time-out. */
  close(): Promise<void>;
}

/** Called inside `poll` and `close`; the rebalance goes on when the promise resolves. */
export interface RebalanceListener {
  assigned(partitions: readonly TopicPartition[]): Promise<void>;
  /** Still ours: commit now. */
  revoked(partitions: readonly TopicPartition[]): Promise<void>;
  /** Already someone else's: a commit would be refused. */
  lost(partitions: readonly TopicPartition[]): Promise<void>;
}

/**
 * A member of a consumer group, driven by `poll` as the Java consumer is: rebalances happen inside `poll`, heartbeats go
 * on between. Never commits by itself.
 */
export interface Consumer {
  /**
   * Takes members with this consumer's client id out of the group: earlier runs of it that could not leave, for whose
   * sessions everybody would have to wait. Only for a client id that nobody else uses. Before `subscribe`; never rejects.
   */
  removeNamesakes(): Promise<void>;
  /** `topics`: names, or a regular expression that is matched again when metadata is refreshed (`metadata.max.age.ms`). */
  subscribe(topics: readonly string[] | RegExp, listener: RebalanceListener): void;
  /** Up to `max.poll.records`, in order per partition; empty after `timeoutMs` without any. */
  poll(timeoutMs: number): Promise<readonly IncomingRecord[]>;
  /** Ends a waiting `poll` at once, with what it has. */
  wakeup(): void;
  assignment(): readonly TopicPartition[];
  pause(partitions: readonly TopicPartition[]): void;
  resume(partitions: readonly TopicPartition[]): void;
  seek(position: TopicPartitionOffset): void;
  /** The offset of the next record that `poll` would return. */
  position(partition: TopicPartition): number;
  /** Throws a `RebalancedError` where the generation is over. */
  commit(offsets: readonly TopicPartitionOffset[]): Promise<void>;
  committed(partitions: readonly TopicPartition[]): Promise<TopicPartitionOffset[]>;
  /** Calls `revoked`, leaves the group. Idempotent. */
  close(): Promise<void>;
}

/** Follows all partitions of a topic from the start, with no consumer group. */
export interface TopicReader {
  /**
   * Reads from the start and goes on for ever; resolves when all that was there at the call has been handed to
   * `onRecords`. Survives broker restarts.
   */
  start(): Promise<void>;
  /** Resolves when all that is in the topic at the time of the call has been handed to `onRecords`. Calls that wait share one look-up. */
  readToEnd(): Promise<void>;
  stop(): Promise<void>;
}

export interface TopicReaderOptions {
  readonly topic: string;
  /** `read_committed` leaves out aborted and undecided records */
  readonly isolation: 'read_uncommitted' | 'read_committed';
  readonly onRecords: (records: readonly IncomingRecord[]) => void;
}

/** The records of a partition from `start` to before `end`. */
export interface OffsetRange extends TopicPartition {
  readonly start: number;
  readonly end: number;
}

/** Reads given ranges of topics once, with no consumer group. */
export interface RangeReader {
  /**
   * Up to `max` records of what is next, in order per partition; none: all ranges are read. Rejects where Kafka refuses,
   * where an offset is gone by now, and with the signal's reason. One call at a time.
   */
  read(max: number, signal: AbortSignal): Promise<readonly IncomingRecord[]>;
  /** Idempotent. */
  close(): Promise<void>;
}

/** The member's part in a group of any protocol type, see {@link GroupSession}. */
export interface GroupProtocol {
  readonly protocolType: string;
  readonly protocolName: string;
  /** This member's metadata, asked anew for each join. */
  metadata(): Buffer | Promise<Buffer>;
  /** Called on the member that the broker made leader: each member's assignment, by member id. */
  assign(members: readonly { readonly memberId: string; readonly metadata: Buffer }[]): Promise<Map<string, Buffer>>;
  /** Called before a rejoin of a member that had an assignment. */
  prepare?(): Promise<void>;
  /** The new assignment. */
  assigned(generation: { generationId: number; memberId: string; assignment: Buffer }): Promise<void>;
  /** The membership is gone (session expired, fenced): whatever was assigned may be someone else's by now. */
  lost(reason: Error): Promise<void>;
}

/** Joins, synchronises, sends heartbeats in the background and joins again whenever it must or is asked to. */
export interface GroupSession {
  /** Joins; resolves with the first assignment delivered. Retries while the broker is away. */
  start(): Promise<void>;
  /** Joins again soon, e.g. because what is to be assigned has changed. Several calls make one join. */
  requestRejoin(): void;
  readonly generationId: number;
  readonly memberId: string;
  /** Leaves the group. Idempotent. */
  stop(): Promise<void>;
}

/** Makes all clients of one set of properties; each client has connections of its own and must be closed by itself. */
export interface KafkaClientFactory {
  admin(properties: ClientProperties): Admin;
  producer(properties: ClientProperties): Producer;
  /** `transactional.id` must be set */
  transactionalProducer(properties: ClientProperties): TransactionalProducer;
  /** `transactional.id` must be set */
  transactionStream(properties: ClientProperties): TransactionStream;
  /** `group.id` must be set */
  consumer(properties: ClientProperties): Consumer;
  topicReader(properties: ClientProperties, options: TopicReaderOptions): TopicReader;
  rangeReader(properties: ClientProperties, ranges: readonly OffsetRange[]): RangeReader;
  groupSession(properties: ClientProperties, protocol: GroupProtocol): GroupSession;
}
