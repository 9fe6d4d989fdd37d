import type { OutgoingRecord } from '../api.js';
import { BatchEncoder, type BatchStamp } from '../records/encode-batch.js';
import type { BufferPool } from '../records/buffer-pool.js';
import type { Compressor } from '../records/encode-compression.js';
import type { SendCall } from './send-call.js';

/** The records of one call that a batch holds: pairs of first index and index after the last. */
interface Segment {
  readonly call: SendCall;
  readonly runs: number[];
}

/** Some records of one partition that go to Kafka together or not at all. */
export class Batch {
  readonly createdAt = Date.now();
  /** the sequence of its first record; undefined until it is sent by an idempotent producer */
  sequence: number | undefined;
  attempts = 0;
  /** A batch that was cut out of a larger one takes no more records. */
  closed = false;
  private readonly encoder: BatchEncoder;
  private readonly segments: Segment[] = [];
  private sealed: { readonly bytes: Buffer; readonly stamp: BatchStamp } | undefined;

  constructor(
    private readonly limit: number,
    private readonly pool: BufferPool,
    capacity: number,
  ) {
    this.encoder = new BatchEncoder(limit, pool, capacity);
  }

  get count(): number {
    return this.encoder.count;
  }

  /** bytes before compression */
  get size(): number {
    return this.encoder.size;
  }

  /** False: the batch is full. */
  append(call: SendCall, index: number): boolean {
    const record = call.records[index] as OutgoingRecord;
    if (!this.encoder.append(record, call.timestampOf(record))) return false;
    const segment = this.segments[this.segments.length - 1];
    if (segment === undefined || segment.call !== call) {
      this.segments.push({ call, runs: [index, index + 1] });
      return true;
    }
    const { runs } = segment;
    if (runs[runs.length - 1] === index) runs[runs.length - 1] = index + 1;
    else runs.push(index, index + 1);
    return true;
  }

  /** The bytes to send. The same stamp gives the same bytes, so a retry repeats no work. */
  async seal(stamp: BatchStamp, compress: Compressor | undefined): Promise<Buffer> {
    this.closed = true;
    if (this.sealed !== undefined && sameStamp(this.sealed.stamp, stamp)) return this.sealed.bytes;
    const bytes = this.encoder.seal(stamp, compress && (await compress(this.encoder.records())));
    this.sealed = { bytes, stamp };
    return bytes;
  }

  acknowledge(partition: number, offset: number, appendTime: number): void {
    let next = offset;
    this.eachRun((call, from, to) => {
      call.acknowledge(from, to, partition, next, appendTime);
      if (next >= 0) next += to - from;
    });
  }

  fail(error: Error): void {
    this.eachRun((call, from, to) => call.fail(from, to, error));
  }

  /** The same records in two batches; undefined for a single record. */
  split(): readonly Batch[] | undefined {
    if (this.count < 2) return undefined;
    const half = Math.ceil(this.count / 2);
    const parts = [this.empty(), this.empty()] as const;
    this.eachRecord((call, index, position) => parts[position < half ? 0 : 1].append(call, index));
    return parts;
  }

  /** Fails the records at the positions named, and returns the others as a batch if there are any. */
  without(errors: ReadonlyMap<number, Error>): Batch | undefined {
    const rest = this.empty();
    this.eachRecord((call, index, position) => {
      const error = errors.get(position);
      if (error === undefined) rest.append(call, index);
      else call.fail(index, index + 1, error);
    });
    if (rest.count > 0) return rest;
    rest.release();
    return undefined;
  }

  /** Gives the buffer back once nobody reads it any more. */
  release(): void {
    this.encoder.release();
  }

  private empty(): Batch {
    const batch = new Batch(this.limit, this.pool, this.size);
    batch.closed = true;
    return batch;
  }

  private eachRun(visit: (call: SendCall, from: number, to: number) => void): void {
    for (const { call, runs } of this.segments) {
      for (let at = 0; at < runs.length; at += 2) visit(call, runs[at] as number, runs[at + 1] as number);
    }
  }

  private eachRecord(visit: (call: SendCall, index: number, position: number) => void): void {
    let position = 0;
    this.eachRun((call, from, to) => {
      for (let index = from; index < to; index++) visit(call, index, position++);
    });
  }
}

function sameStamp(left: BatchStamp, right: BatchStamp): boolean {
  return (
    left.producerId === right.producerId &&
    left.producerEpoch === right.producerEpoch &&
    left.baseSequence === right.baseSequence &&
    left.transactional === right.transactional
  );
}
