import type { Bytes } from '@tributary/connect-api';
import type { OutgoingRecord, WireHeader } from '../api.js';
import type { BufferPool } from './buffer-pool.js';
import { crc32c } from './crc32c.js';
import { varintSize, varlongSize } from './varint-size.js';

/*
 * A record batch (format 2), numbers big-endian:
 *   0 baseOffset int64, 8 batchLength int32 (what follows it), 12 partitionLeaderEpoch int32, 16 magic int8 = 2,
 *   17 crc uint32 (CRC-32C of all that follows it), 21 attributes int16 (bits 0-2 codec, 4 transactional),
 *   23 lastOffsetDelta int32, 27 baseTimestamp int64, 35 maxTimestamp int64, 43 producerId int64, 51 producerEpoch int16,
 *   53 baseSequence int32, 57 record count int32, 61 records (compressed as a whole where a codec is named)
 * A record, numbers zigzag varints:
 *   length, attributes int8 = 0, timestampDelta, offsetDelta, key length (-1: null), key, value length, value,
 *   header count, then of each header: key length, key, value length, value
 */
export const BATCH_HEADER_SIZE = 61;
const TRANSACTIONAL = 0x10;
/** bytes: a record's length, attributes, timestamp and offset at their widest */
const LARGEST_RECORD_OVERHEAD = 21;
/** bytes */
const WIDEST_CHARACTER = 4;

/** Who wrote the batch, for a broker that refuses duplicates. -1: nobody in particular. */
export interface BatchStamp {
  readonly producerId: bigint;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly transactional: boolean;
}

export interface CompressedRecords {
  /** the codec's number in the attributes */
  readonly codec: number;
  readonly bytes: Buffer;
}

/**
 * Writes records straight into one buffer. A string's size in UTF-8 is first taken to be its length, which ASCII makes
 * true; where it turns out longer the record is written again with sizes that were counted.
 */
export class BatchEncoder {
  count = 0;
  private bytes: Buffer;
  /** the end of what is written */
  private end = BATCH_HEADER_SIZE;
  private baseTimestamp = 0;
  private maxTimestamp = 0;

  /** No record that makes the batch longer than `limit` bytes is taken, unless it is the only one. */
  constructor(
    private readonly limit: number,
    private readonly pool: BufferPool,
    capacity: number,
  ) {
    this.bytes = pool.take(capacity);
  }

  get size(): number {
    return this.end;
  }

  /** False: it does not fit, nothing was written. */
  append(record: OutgoingRecord, timestamp: number): boolean {
    return this.write(record, timestamp, false) ?? this.write(record, timestamp, true) ?? false;
  }

  /** The records alone, to be compressed. A view. */
  records(): Buffer {
    return this.bytes.subarray(BATCH_HEADER_SIZE, this.end);
  }

  /** Fills in the header and returns the batch: a view of the encoder's own buffer unless the records were compressed. */
  seal(stamp: BatchStamp, compressed?: CompressedRecords): Buffer {
    const batch =
      compressed === undefined
        ? this.bytes.subarray(0, this.end)
        : Buffer.concat([this.bytes.subarray(0, BATCH_HEADER_SIZE), compressed.bytes]);
    batch.fill(0, 0, 8);
    batch.writeInt32BE(batch.length - 12, 8);
    batch.writeInt32BE(-1, 12);
    batch.writeInt8(2, 16);
    batch.writeInt16BE((compressed?.codec ?? 0) | (stamp.transactional ? TRANSACTIONAL : 0), 21);
    batch.writeInt32BE(this.count - 1, 23);
    batch.writeBigInt64BE(BigInt(this.baseTimestamp), 27);
    batch.writeBigInt64BE(BigInt(this.maxTimestamp), 35);
    batch.writeBigInt64BE(stamp.producerId, 43);
    batch.writeInt16BE(stamp.producerEpoch, 51);
    batch.writeInt32BE(stamp.baseSequence, 53);
    batch.writeInt32BE(this.count, 57);
    batch.writeUInt32BE(crc32c(batch, 21, batch.length), 17);
    return batch;
  }

  /** Gives the buffer back; the encoder and the views it gave out must not be used any more. */
  release(): void {
    this.pool.give(this.bytes);
    this.bytes = Buffer.alloc(0);
  }

  /** Undefined: a string was longer in UTF-8 than was taken for granted. */
  private write(record: OutgoingRecord, timestamp: number, exact: boolean): boolean | undefined {
    const { key, value, headers } = record;
    const keySize = sizeOf(key, exact);
    const valueSize = sizeOf(value, exact);
    const base = this.count === 0 ? timestamp : this.baseTimestamp;
    const delta = timestamp - base;
    const bodySize =
      1 +
      varlongSize(delta) +
      varintSize(this.count) +
      varintSize(keySize) +
      (keySize > 0 ? keySize : 0) +
      varintSize(valueSize) +
      (valueSize > 0 ? valueSize : 0) +
      (headers === undefined ? 1 : headersSize(headers, exact));
    const start = this.end;
    const size = varintSize(bodySize) + bodySize;
    if (this.count > 0 && start + size > this.limit) return false;
    this.reserve(size + WIDEST_CHARACTER);
    this.varint(bodySize);
    this.bytes[this.end++] = 0;
    this.varlong(delta);
    this.varint(this.count);
    if (!this.field(key, keySize) || !this.field(value, valueSize) || !this.headers(headers, exact)) {
      this.end = start;
      return undefined;
    }
    this.baseTimestamp = base;
    if (this.count === 0 || timestamp > this.maxTimestamp) this.maxTimestamp = timestamp;
    this.count++;
    return true;
  }

  private field(value: Bytes, size: number): boolean {
    this.varint(size);
    if (value === null) return true;
    if (typeof value !== 'string') {
      this.bytes.set(value, this.end);
      this.end += size;
      return true;
    }
    if (size === 0) return true;
    // Room for one character more than `size`: a text that is longer than it was taken to be cannot come out as `size`.
    const written = this.bytes.write(value, this.end, size + WIDEST_CHARACTER);
    this.end += written;
    return written === size;
  }

  private headers(headers: readonly WireHeader[] | undefined, exact: boolean): boolean {
    if (headers === undefined) {
      this.varint(0);
      return true;
    }
    this.varint(headers.length);
    for (const header of headers) {
      if (!this.field(header.key, sizeOf(header.key, exact))) return false;
      if (!this.field(header.value, sizeOf(header.value, exact))) return false;
    }
    return true;
  }

  private varint(value: number): void {
    let rest = ((value << 1) ^ (value >> 31)) >>> 0;
    for (; rest > 0x7f; rest >>>= 7) this.bytes[this.end++] = (rest & 0x7f) | 0x80;
    this.bytes[this.end++] = rest;
  }

  private varlong(value: number): void {
    if (value === (value | 0)) {
      this.varint(value);
      return;
    }
    let rest = value >= 0 ? value * 2 : value * -2 - 1;
    for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) this.bytes[this.end++] = (rest % 0x80) | 0x80;
    this.bytes[this.end++] = rest;
  }

  private reserve(size: number): void {
    if (this.end + size <= this.bytes.length) return;
    const grown = this.pool.take(Math.max(this.end + size, this.bytes.length * 2));
    this.bytes.copy(grown, 0, 0, this.end);
    this.pool.give(this.bytes);
    this.bytes = grown;
  }
}

/** -1: null. */
function sizeOf(value: Bytes, exact: boolean): number {
  if (value === null) return -1;
  return typeof value === 'string' && exact ? Buffer.byteLength(value) : value.length;
}

function headersSize(headers: readonly WireHeader[], exact: boolean): number {
  let total = varintSize(headers.length);
  for (const { key, value } of headers) {
    const keySize = sizeOf(key, exact);
    const valueSize = sizeOf(value, exact);
    total += varintSize(keySize) + keySize + varintSize(valueSize) + (valueSize > 0 ? valueSize : 0);
  }
  return total;
}

/** The most bytes that a batch of this one record can take: what the Java client compares with `max.request.size`. */
export function largestBatchSize(record: OutgoingRecord): number {
  const keySize = sizeOf(record.key, true);
  const valueSize = sizeOf(record.value, true);
  const fields = varintSize(keySize) + Math.max(keySize, 0) + varintSize(valueSize) + Math.max(valueSize, 0);
  return BATCH_HEADER_SIZE + LARGEST_RECORD_OVERHEAD + fields + headersSize(record.headers ?? [], true);
}
