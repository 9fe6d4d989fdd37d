import type { BufferPool } from '../records/buffer-pool.js';
import type { BatchStamp } from '../records/encode-batch.js';
import { Batch } from './batch.js';
import type { ProducerIdentity } from './producer-identity.js';
import type { SendCall } from './send-call.js';

const SEQUENCES = 2 ** 31;
const NOBODY: ProducerIdentity = { producerId: -1n, epoch: -1 };

/** The batches of one partition in their order. The first one is the only one that is ever in flight. */
export class PartitionQueue {
  inFlight = false;
  /** a look-up of the leader is under way */
  looking = false;
  /** attempts in a row that failed */
  failures = 0;
  /** when the next attempt may be made, ms since the epoch */
  notBefore = 0;
  private readonly batches: Batch[] = [];
  private identity: ProducerIdentity | undefined;
  private nextSequence = 0;
  private readonly stamped = new WeakMap<Batch, ProducerIdentity>();
  private usualSize = 0;

  constructor(
    readonly topic: string,
    readonly partition: number,
    private readonly batchSize: number,
    private readonly pool: BufferPool,
  ) {}

  get head(): Batch | undefined {
    return this.batches[0];
  }

  get empty(): boolean {
    return this.batches.length === 0;
  }

  /** True where waiting for more records would not make the first batch any larger. */
  get headIsFull(): boolean {
    return this.batches.length > 1 || this.head?.closed === true;
  }

  /** bytes that wait or are in flight */
  get size(): number {
    let total = 0;
    for (const batch of this.batches) total += batch.size;
    return total;
  }

  append(call: SendCall, index: number): void {
    const last = this.batches[this.batches.length - 1];
    if (last !== undefined && !last.closed && last.append(call, index)) return;
    const batch = new Batch(this.batchSize, this.pool, this.usualSize);
    batch.append(call, index);
    this.batches.push(batch);
  }

  removeHead(): void {
    const head = this.batches.shift();
    if (head !== undefined) this.usualSize = Math.min(this.batchSize, head.size);
  }

  /** Puts other batches in the place of the first one, which was refused as a whole. */
  replaceHead(batches: readonly Batch[]): void {
    this.rewind();
    this.batches.splice(0, 1, ...batches);
  }

  /** The stamp of the first batch: the same at each attempt, unless the identity has changed. */
  stamp(identity: ProducerIdentity | undefined, transactional: boolean): BatchStamp {
    const { producerId, epoch } = identity ?? NOBODY;
    const head = this.head;
    if (identity === undefined || head === undefined) {
      return { producerId, producerEpoch: epoch, baseSequence: -1, transactional };
    }
    if (this.identity !== identity) {
      this.identity = identity;
      this.nextSequence = 0;
    }
    if (this.stamped.get(head) !== identity) {
      this.stamped.set(head, identity);
      head.sequence = this.nextSequence;
      this.nextSequence = (this.nextSequence + head.count) % SEQUENCES;
    }
    return { producerId, producerEpoch: epoch, baseSequence: head.sequence ?? 0, transactional };
  }

  /** Gives the first batch's sequences to what comes next, because the broker certainly has not taken it. */
  rewind(): void {
    const head = this.head;
    if (head?.sequence === undefined || this.stamped.get(head) !== this.identity) return;
    this.nextSequence = head.sequence;
    this.stamped.delete(head);
    head.sequence = undefined;
  }
}
