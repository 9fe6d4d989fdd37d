import type { IncomingRecord } from '../api.js';
import { blockExtent, RecordCursor } from '../records/decode-batch.js';
import type { FetchedPartition, FetchPosition } from './fetch-request.js';

interface Block {
  readonly cursor: RecordCursor;
  readonly bytes: number;
}

/** What is known of one partition that is being read: where reading stands and what waits to be read. */
export class PartitionFetch implements FetchPosition {
  paused = false;
  /** False until a position is set, and after the broker has said that there is nothing at it. */
  positioned = true;
  /** A fetch of it did not succeed; it waits for the pause to pass. */
  backingOff = false;
  /** Rises with each seek, so that an answer to an earlier fetch can be told and dropped. */
  epoch = 0;
  /** Where the next fetch begins: after the blocks that wait. */
  fetchOffset: number;
  queuedBytes = 0;
  private readonly blocks: Block[] = [];

  constructor(
    readonly topic: string,
    readonly partition: number,
    /** The offset of the next record to hand out. */
    public position: number,
  ) {
    this.fetchOffset = position;
  }

  get hasBlocks(): boolean {
    return this.blocks.length > 0;
  }

  seek(offset: number): void {
    this.epoch++;
    this.position = offset;
    this.fetchOffset = offset;
    this.positioned = true;
    this.queuedBytes = 0;
    this.blocks.length = 0;
  }

  /** Takes in what a fetch from `fetchOffset` brought; false where there is no whole batch in it. */
  add(fetched: FetchedPartition, checkCrcs: boolean): boolean {
    const extent = blockExtent(fetched.records, this.fetchOffset);
    if (extent.bytes === 0) return false;
    const { topic, partition, fetchOffset } = this;
    const bytes = fetched.records.subarray(0, extent.bytes);
    const cursor = new RecordCursor({ topic, partition, bytes, fetchOffset, aborted: fetched.aborted, checkCrcs });
    this.blocks.push({ cursor, bytes: extent.bytes });
    this.queuedBytes += extent.bytes;
    this.fetchOffset = extent.nextOffset;
    return true;
  }

  /** Moves up to `max` records of the first block; true when the block is used up. */
  take(into: IncomingRecord[], max: number): boolean {
    const block = this.blocks[0];
    if (block === undefined) return false;
    try {
      block.cursor.read(into, max);
    } finally {
      this.position = block.cursor.nextOffset;
    }
    if (!block.cursor.finished()) return false;
    this.position = block.cursor.nextOffset;
    this.blocks.shift();
    this.queuedBytes -= block.bytes;
    return true;
  }
}
