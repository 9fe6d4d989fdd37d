import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { IncomingRecord, OutgoingRecord } from '../api.js';
import { BufferPool } from './buffer-pool.js';
import { crc32c } from './crc32c.js';
import { blockExtent, RecordCursor, type AbortedTransaction } from './decode-batch.js';
import { BatchEncoder, type BatchStamp, type CompressedRecords } from './encode-batch.js';

const NOBODY: BatchStamp = { producerId: -1n, producerEpoch: -1, baseSequence: -1, transactional: false };
const inTransaction = (producerId: bigint): BatchStamp => ({ ...NOBODY, producerId, transactional: true });

interface BatchOptions {
  readonly stamp?: BatchStamp;
  readonly compress?: (records: Buffer) => CompressedRecords;
  readonly attributes?: number;
  readonly records?: readonly Partial<OutgoingRecord>[];
}

/** A batch of records `value<offset>`, or of the given ones, as a broker would return it at `baseOffset`. */
function batch(baseOffset: number, count: number, options: BatchOptions = {}): Buffer {
  const encoder = new BatchEncoder(1_000_000, new BufferPool(), 1024);
  for (let index = 0; index < count; index++) {
    const record = {
      topic: 't',
      partition: 0,
      key: null,
      value: `value${baseOffset + index}`,
      headers: undefined,
      timestamp: null,
    };
    encoder.append({ ...record, ...options.records?.[index] }, 1000 + index);
  }
  const bytes = Buffer.from(encoder.seal(options.stamp ?? NOBODY, options.compress?.(encoder.records())));
  bytes.writeBigInt64BE(BigInt(baseOffset), 0);
  if (options.attributes !== undefined) bytes.writeInt16BE(bytes.readInt16BE(21) | options.attributes, 21);
  return signed(bytes);
}

function signed(bytes: Buffer): Buffer {
  bytes.writeUInt32BE(crc32c(bytes, 21), 17);
  return bytes;
}

/** The marker that ends a transaction: its key is version 0 and type, 0 for abort and 1 for commit. */
function marker(offset: number, producerId: bigint, type: 0 | 1): Buffer {
  return batch(offset, 1, {
    stamp: inTransaction(producerId),
    attributes: 0x20,
    records: [{ key: Buffer.from([0, 0, 0, type]) }],
  });
}

interface ReadOptions {
  readonly fetchOffset?: number;
  readonly aborted?: readonly AbortedTransaction[];
  readonly checkCrcs?: boolean;
}

function cursor(bytes: Buffer, { fetchOffset = 0, aborted, checkCrcs = true }: ReadOptions = {}): RecordCursor {
  return new RecordCursor({ topic: 't', partition: 0, bytes, fetchOffset, aborted, checkCrcs });
}

function readAll(bytes: Buffer, options?: ReadOptions): IncomingRecord[] {
  const records: IncomingRecord[] = [];
  cursor(bytes, options).read(records, Infinity);
  return records;
}

const offsets = (records: readonly IncomingRecord[]): number[] => records.map((record) => record.offset);

describe('RecordCursor', () => {
  it('reads keys, values, headers and timestamps, nulls and empty ones included', () => {
    const headers = [
      { key: 'h', value: Buffer.from([1, 2]) },
      { key: 'é', value: null },
    ];
    const records = [
      { key: 'k', value: null },
      { key: '', value: '' },
      { headers, value: Buffer.from('x') },
    ];
    expect(readAll(batch(5, 3, { records }))).toEqual([
      {
        topic: 't',
        partition: 0,
        offset: 5,
        timestamp: 1000,
        timestampType: 'CreateTime',
        key: Buffer.from('k'),
        value: null,
        headers: undefined,
      },
      {
        topic: 't',
        partition: 0,
        offset: 6,
        timestamp: 1001,
        timestampType: 'CreateTime',
        key: Buffer.alloc(0),
        value: Buffer.alloc(0),
        headers: undefined,
      },
      {
        topic: 't',
        partition: 0,
        offset: 7,
        timestamp: 1002,
        timestampType: 'CreateTime',
        key: null,
        value: Buffer.from('x'),
        headers,
      },
    ]);
  });

  it('reads timestamps that lie far apart', () => {
    const encoder = new BatchEncoder(1_000_000, new BufferPool(), 64);
    const times = [1_700_000_000_000, 0, 2 ** 45, 1_700_000_000_001];
    for (const time of times)
      encoder.append({ topic: 't', partition: 0, key: null, value: 'v', headers: undefined, timestamp: time }, time);
    expect(readAll(encoder.seal(NOBODY)).map((record) => record.timestamp)).toEqual(times);
  });

  it('gives all records the time of the append where the topic says so', () => {
    const bytes = batch(0, 2, { attributes: 0x08 });
    bytes.writeBigInt64BE(7777n, 35);
    const records = readAll(signed(bytes));
    expect(records.map(({ timestamp, timestampType }) => [timestamp, timestampType])).toEqual([
      [7777, 'LogAppendTime'],
      [7777, 'LogAppendTime'],
    ]);
  });

  it('reads gzip batches', () => {
    const bytes = batch(0, 3, { compress: (records) => ({ codec: 1, bytes: gzipSync(records) }) });
    expect(readAll(bytes).map((record) => record.value?.toString())).toEqual(['value0', 'value1', 'value2']);
  });

  it('leaves out records before the fetch offset', () => {
    expect(offsets(readAll(Buffer.concat([batch(0, 3), batch(3, 4)]), { fetchOffset: 5 }))).toEqual([5, 6]);
  });

  it('hands records out in portions and tells the offset after each', () => {
    const reading = cursor(Buffer.concat([batch(0, 3), batch(3, 3)]));
    const portions = [2, 2, 5].map((max) => {
      const into: IncomingRecord[] = [];
      reading.read(into, max);
      return [offsets(into), reading.nextOffset, reading.finished()];
    });
    expect(portions).toEqual([
      [[0, 1], 2, false],
      [[2, 3], 4, false],
      [[4, 5], 6, true],
    ]);
  });

  it('goes on after the last offset of a batch whose last records were compacted away', () => {
    const bytes = batch(10, 2);
    bytes.writeInt32BE(9, 23);
    const reading = cursor(signed(bytes));
    reading.read([], 10);
    expect(reading.nextOffset).toBe(20);
  });

  it('stops before a batch that is cut off', () => {
    const bytes = Buffer.concat([batch(0, 2), batch(2, 2)]).subarray(0, -1);
    expect(offsets(readAll(bytes))).toEqual([0, 1]);
    expect(blockExtent(bytes, 0)).toEqual({ bytes: batch(0, 2).length, nextOffset: 2 });
  });

  it('passes over control batches', () => {
    const reading = cursor(marker(4, 9n, 1), { fetchOffset: 4 });
    expect(reading.finished()).toBe(true);
    expect(reading.nextOffset).toBe(5);
  });

  it('leaves out what aborted transactions wrote, and nothing else', () => {
    const bytes = Buffer.concat([
      batch(0, 1, { stamp: inTransaction(1n) }),
      batch(1, 1, { stamp: inTransaction(2n) }),
      batch(2, 1),
      marker(3, 1n, 0),
      batch(4, 1, { stamp: inTransaction(1n) }),
      marker(5, 2n, 1),
      marker(6, 1n, 1),
    ]);
    expect(offsets(readAll(bytes, { aborted: [{ producerId: 1, firstOffset: 0 }] }))).toEqual([1, 2, 4]);
    expect(offsets(readAll(bytes))).toEqual([0, 1, 2, 4]);
  });

  it('returns the records before a damaged batch, then throws at each further call', () => {
    const damaged = batch(2, 2);
    damaged.writeUInt8(damaged.readUInt8(70) ^ 1, 70);
    const reading = cursor(Buffer.concat([batch(0, 2), damaged]));
    const records: IncomingRecord[] = [];
    reading.read(records, 10);
    expect(offsets(records)).toEqual([0, 1]);
    expect(reading.finished()).toBe(false);
    const message =
      /^Record batch for partition t-0 at offset 2 is invalid, cause: stored crc = \d+, computed crc = \d+$/;
    expect(() => reading.read([], 10)).toThrow(message);
    expect(() => reading.read([], 10)).toThrow(message);
  });

  it('does not look at checksums where it is told not to', () => {
    const bytes = batch(0, 1);
    bytes.writeUInt32BE(1, 17);
    expect(offsets(readAll(bytes, { checkCrcs: false }))).toEqual([0]);
  });

  it.each([
    ['a record longer than its batch', (bytes: Buffer) => bytes.writeUInt8(0x7e, 61), /bytes at 62 of/],
    [
      'a record format of before Kafka 0.11',
      (bytes: Buffer) => bytes.writeInt8(1, 16),
      /t-0 at offset 0: it has record format 1/,
    ],
    [
      'an unknown codec',
      (bytes: Buffer) => bytes.writeInt16BE(7, 21),
      /t-0 at offset 0: the batch is compressed with codec 7/,
    ],
    [
      'data that is not what its codec says',
      (bytes: Buffer) => bytes.writeInt16BE(1, 21),
      /t-0 at offset 0: its gzip data/,
    ],
  ])('refuses %s', (_what, damage, message) => {
    const bytes = batch(0, 1);
    damage(bytes);
    expect(() => readAll(signed(bytes))).toThrow(message);
  });
});
