import type { IncomingRecord } from '../api.js';
import { KafkaError } from '../errors.js';
import { crc32c } from './crc32c.js';
import { decompress } from './decode-compression.js';
import { VarintReader } from './decode-varint.js';

/*
 * A record batch (format 2) as the broker sends it; all numbers are big-endian:
 *
 *   0 baseOffset int64 | 8 batchLength int32, bytes from 12 on | 12 partitionLeaderEpoch int32 | 16 magic int8
 *  17 crc uint32, of all from 21 on | 21 attributes int16 | 23 lastOffsetDelta int32 | 27 baseTimestamp int64
 *  35 maxTimestamp int64 | 43 producerId int64 | 51 producerEpoch int16 | 53 baseSequence int32 | 57 recordCount int32
 *  61 records, compressed together where attributes & 7 is not 0
 *
 * A record: length varint, attributes int8, timestampDelta varlong, offsetDelta varint, key, value, header count varint,
 * headers; a key or value is its length as a varint (-1: null) and its bytes.
 */
const LENGTH_AT = 8;
const LENGTH_END = 12;
const MAGIC_AT = 16;
const CRC_AT = 17;
const ATTRIBUTES_AT = 21;
const LAST_OFFSET_DELTA_AT = 23;
const BASE_TIMESTAMP_AT = 27;
const MAX_TIMESTAMP_AT = 35;
const PRODUCER_ID_AT = 43;
const COUNT_AT = 57;
const HEADER_BYTES = 61;

const CODEC = 0x07;
const LOG_APPEND_TIME = 0x08;
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;

/** A transaction that was aborted: its producer and the offset of its first record in the partition. */
export interface AbortedTransaction {
  readonly producerId: number;
  readonly firstOffset: number;
}

/** What a cursor must know of the block it reads. */
export interface FetchedBlock {
  readonly topic: string;
  readonly partition: number;
  /** whole batches, perhaps with a part of one more at the end */
  readonly bytes: Buffer;
  /** records below it are left out: the first batch may begin before it */
  readonly fetchOffset: number;
  /** for read_committed, else undefined: every transactional record is returned */
  readonly aborted: readonly AbortedTransaction[] | undefined;
  readonly checkCrcs: boolean;
}

/** The end of the whole batches of a block: how many bytes, and the offset after the last of them. */
export interface BlockExtent {
  readonly bytes: number;
  readonly nextOffset: number;
}

/** Looks at batch headers only, so that the next fetch can start before this block is decoded. */
export function blockExtent(bytes: Buffer, fetchOffset: number): BlockExtent {
  let at = 0;
  let nextOffset = fetchOffset;
  while (at + HEADER_BYTES <= bytes.length) {
    const end = at + LENGTH_END + bytes.readInt32BE(at + LENGTH_AT);
    if (end > bytes.length || end <= at + LENGTH_END) break;
    if (bytes[at + MAGIC_AT] === 2) {
      nextOffset = Math.max(nextOffset, int64(bytes, at) + bytes.readInt32BE(at + LAST_OFFSET_DELTA_AT) + 1);
    }
    at = end;
  }
  return { bytes: at, nextOffset };
}

/**
 * Reads the records of one fetched block, some at a time and in order, so that a small `max.poll.records` decodes no more
 * than it returns. Keys, values and header values are views into the block, or into the decompressed batch.
 *
 * Control batches are passed over; with `aborted`, so are the records of aborted transactions: a producer's records are
 * left out from the transaction's first offset until its abort marker.
 */
export class RecordCursor {
  /** The offset after the last record that was returned or passed over. */
  nextOffset: number;
  private at = 0;
  private readonly reader: VarintReader;
  private recordsLeft = 0;
  private baseOffset = 0;
  private baseTimestamp = 0;
  private logAppendTimestamp: number | undefined;
  private batchEndOffset = 0;
  private readonly abortedProducers = new Set<number>();
  private nextAborted = 0;
  private failure: unknown;

  constructor(private readonly block: FetchedBlock) {
    this.nextOffset = block.fetchOffset;
    this.reader = new VarintReader(block.bytes, 0);
  }

  /**
   * Appends up to `max` records to `into`. Throws at a broken batch, again at each call; the records before it are
   * returned first.
   */
  read(into: IncomingRecord[], max: number): void {
    const before = into.length;
    try {
      if (this.failure !== undefined) throw this.failure;
      while (into.length < before + max) {
        if (this.recordsLeft === 0 && !this.nextBatch()) return;
        this.readRecords(into, before + max);
      }
    } catch (error) {
      this.failure = error;
      if (into.length === before) throw error;
    }
  }

  /** True when nothing is left; passes over what would not be returned. A broken batch that comes next is left to `read`. */
  finished(): boolean {
    if (this.recordsLeft > 0 || this.failure !== undefined) return false;
    try {
      return !this.nextBatch();
    } catch (error) {
      this.failure = error;
      return false;
    }
  }

  private readRecords(into: IncomingRecord[], full: number): void {
    const { topic, partition, fetchOffset } = this.block;
    const { reader, baseOffset, baseTimestamp } = this;
    const appended = this.logAppendTimestamp;
    const timestampType = appended === undefined ? 'CreateTime' : 'LogAppendTime';
    let left = this.recordsLeft;
    let offset = this.nextOffset - 1;
    try {
      while (left > 0 && into.length < full) {
        const size = reader.varint();
        const end = reader.position + size;
        if (size <= 0 || end > reader.end)
          throw new RangeError(`record of ${size} bytes at ${reader.position} of ${reader.end}`);
        reader.position += 1;
        const timestampDelta = reader.varlong();
        offset = baseOffset + reader.varint();
        left--;
        if (offset < fetchOffset) {
          reader.position = end;
          continue;
        }
        const keySize = reader.varint();
        const key = keySize < 0 ? null : reader.view(keySize);
        const valueSize = reader.varint();
        const value = valueSize < 0 ? null : reader.view(valueSize);
        const headerCount = reader.varint();
        const headers = headerCount === 0 ? undefined : readHeaders(reader, headerCount);
        reader.position = end;
        const timestamp = appended ?? baseTimestamp + timestampDelta;
        into.push({ topic, partition, offset, timestamp, timestampType, key, value, headers });
      }
    } catch (error) {
      const returned = into.at(-1);
      if (returned?.partition === partition && returned.topic === topic)
        this.nextOffset = Math.max(this.nextOffset, returned.offset + 1);
      throw this.corrupt(baseOffset, error instanceof Error ? error.message : String(error), error);
    }
    this.recordsLeft = left;
    this.nextOffset =
      left === 0 ? Math.max(this.nextOffset, this.batchEndOffset) : Math.max(this.nextOffset, offset + 1);
  }

  /** Goes to the next batch that has records to return; false at the end of the block. */
  private nextBatch(): boolean {
    const { bytes, fetchOffset } = this.block;
    while (this.at + HEADER_BYTES <= bytes.length) {
      const start = this.at;
      const end = start + LENGTH_END + bytes.readInt32BE(start + LENGTH_AT);
      if (end > bytes.length) return false;
      const baseOffset = int64(bytes, start);
      if (end < start + HEADER_BYTES) throw this.corrupt(baseOffset, `its length is ${end - start - LENGTH_END}`);
      this.checkFormat(start, end, baseOffset);
      this.at = end;
      this.batchEndOffset = baseOffset + bytes.readInt32BE(start + LAST_OFFSET_DELTA_AT) + 1;
      if (this.batchEndOffset <= fetchOffset || this.leftOut(start)) {
        this.nextOffset = Math.max(this.nextOffset, this.batchEndOffset);
        continue;
      }
      this.enter(start, end, baseOffset);
      if (this.recordsLeft > 0) return true;
      this.nextOffset = Math.max(this.nextOffset, this.batchEndOffset);
    }
    return false;
  }

  private checkFormat(start: number, end: number, baseOffset: number): void {
    const { bytes, checkCrcs } = this.block;
    const magic = bytes.readInt8(start + MAGIC_AT);
    if (magic !== 2) {
      const message =
        `reading ${this.where(baseOffset)}: it has record format ${magic}, which Kafka wrote before 0.11; ` +
        'only format 2 is supported: copy the topic with a client that reads the old format';
      throw new KafkaError(message, { retriable: false, kafkaCode: 'UNSUPPORTED_FOR_MESSAGE_FORMAT' });
    }
    if (!checkCrcs) return;
    const stored = bytes.readUInt32BE(start + CRC_AT);
    const computed = crc32c(bytes, start + ATTRIBUTES_AT, end);
    if (stored !== computed) throw this.corrupt(baseOffset, `stored crc = ${stored}, computed crc = ${computed}`);
  }

  /** Keeps the book of aborted transactions; true for a batch whose records nobody is to see. */
  private leftOut(start: number): boolean {
    const { bytes, aborted } = this.block;
    const attributes = bytes.readInt16BE(start + ATTRIBUTES_AT);
    if (aborted !== undefined && attributes & TRANSACTIONAL) {
      const producerId = int64(bytes, start + PRODUCER_ID_AT);
      for (let next = aborted[this.nextAborted]; next !== undefined; next = aborted[this.nextAborted]) {
        if (next.firstOffset >= this.batchEndOffset) break;
        this.abortedProducers.add(next.producerId);
        this.nextAborted++;
      }
      if (attributes & CONTROL) {
        if (this.isAbortMarker(start)) this.abortedProducers.delete(producerId);
      } else if (this.abortedProducers.has(producerId)) {
        return true;
      }
    }
    return (attributes & CONTROL) !== 0;
  }

  /** A marker's key is its version, then its type (int16 each): 0 aborts, 1 commits. */
  private isAbortMarker(start: number): boolean {
    const { bytes } = this.block;
    if (bytes.readInt32BE(start + COUNT_AT) === 0) return false;
    const reader = new VarintReader(bytes, bytes.length);
    reader.position = start + HEADER_BYTES;
    reader.varint();
    reader.position += 1;
    reader.varlong();
    reader.varint();
    const keySize = reader.varint();
    return keySize >= 4 && reader.view(keySize).readInt16BE(2) === 0;
  }

  private enter(start: number, end: number, baseOffset: number): void {
    const { bytes } = this.block;
    const attributes = bytes.readInt16BE(start + ATTRIBUTES_AT);
    const codec = attributes & CODEC;
    this.baseOffset = baseOffset;
    this.baseTimestamp = int64(bytes, start + BASE_TIMESTAMP_AT);
    this.logAppendTimestamp = attributes & LOG_APPEND_TIME ? int64(bytes, start + MAX_TIMESTAMP_AT) : undefined;
    this.recordsLeft = bytes.readInt32BE(start + COUNT_AT);
    if (codec === 0) {
      this.reader.bytes = bytes;
      this.reader.position = start + HEADER_BYTES;
      this.reader.end = end;
    } else {
      this.reader.bytes = decompress(codec, bytes.subarray(start + HEADER_BYTES, end), this.where(baseOffset));
      this.reader.position = 0;
      this.reader.end = this.reader.bytes.length;
    }
  }

  private where(offset: number): string {
    return `${this.block.topic}-${this.block.partition} at offset ${offset}`;
  }

  private corrupt(offset: number, reason: string, cause?: unknown): KafkaError {
    return new KafkaError(`Record batch for partition ${this.where(offset)} is invalid, cause: ${reason}`, {
      retriable: false,
      kafkaCode: 'CORRUPT_MESSAGE',
      cause,
    });
  }
}

function readHeaders(reader: VarintReader, count: number): { key: string; value: Buffer | null }[] {
  const headers: { key: string; value: Buffer | null }[] = [];
  for (let index = 0; index < count; index++) {
    const key = reader.text(reader.varint());
    const valueSize = reader.varint();
    headers.push({ key, value: valueSize < 0 ? null : reader.view(valueSize) });
  }
  return headers;
}

function int64(bytes: Buffer, at: number): number {
  return bytes.readInt32BE(at) * 0x1_0000_0000 + bytes.readUInt32BE(at + 4);
}
