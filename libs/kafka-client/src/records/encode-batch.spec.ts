import { describe, expect, it } from 'vitest';
import type { IncomingRecord, OutgoingRecord } from '../api.js';
import { BufferPool } from './buffer-pool.js';
import { RecordCursor } from './decode-batch.js';
import { BATCH_HEADER_SIZE, BatchEncoder, largestBatchSize, type BatchStamp } from './encode-batch.js';

const NOBODY: BatchStamp = { producerId: -1n, producerEpoch: -1, baseSequence: -1, transactional: false };

function record(init: Partial<OutgoingRecord>): OutgoingRecord {
  return { topic: 't', partition: 0, key: null, value: null, headers: undefined, timestamp: null, ...init };
}

function encoded(records: readonly OutgoingRecord[], limit = 1_000_000): BatchEncoder {
  const encoder = new BatchEncoder(limit, new BufferPool(), 64);
  for (const each of records) encoder.append(each, each.timestamp ?? 1000);
  return encoder;
}

function decoded(bytes: Buffer): IncomingRecord[] {
  const records: IncomingRecord[] = [];
  const block = { topic: 't', partition: 0, bytes, fetchOffset: 0, aborted: undefined, checkCrcs: true };
  new RecordCursor(block).read(records, 10_000);
  return records;
}

const roundTrip = (init: Partial<OutgoingRecord>): IncomingRecord | undefined =>
  decoded(encoded([record(init)]).seal(NOBODY))[0];

describe('BatchEncoder', () => {
  it.each([
    ['empty', ''],
    ['ASCII', 'plain text'],
    ['two bytes a character', 'äöü'],
    ['three bytes a character', '日本語テキスト'],
    ['surrogate pairs', 'a😀b😀'],
    ['one wide character at the end', `${'x'.repeat(126)}é`],
    ['a length whose varint grows in UTF-8', 'é'.repeat(63)],
    ['a length of two bytes that grows to three', 'é'.repeat(8000)],
    ['more than the first buffer holds', 'z'.repeat(100_000)],
  ])('writes text as UTF-8: %s', (_name, text) => {
    const read = roundTrip({ key: text, value: text, headers: [{ key: text, value: text }] });
    expect(read?.key?.toString()).toBe(text);
    expect(read?.value?.toString()).toBe(text);
    expect(read?.headers?.map(({ key, value }) => [key, value?.toString()])).toEqual([[text, text]]);
  });

  it('replaces a lone surrogate as Buffer does', () => {
    expect(roundTrip({ value: 'a\ud800b' })?.value).toEqual(Buffer.from('a\ud800b'));
  });

  it('keeps every text apart from its neighbours', () => {
    const alphabet = ['a', 'é', '日', '😀', ''];
    const texts = Array.from({ length: 2000 }, (_, n) =>
      [n, n >> 2, n >> 4, n >> 7].map((step) => alphabet[step % alphabet.length]).join(''),
    );
    const read = decoded(encoded(texts.map((text) => record({ key: text, value: text }))).seal(NOBODY));
    expect(read.map(({ value }) => value?.toString())).toEqual(texts);
  });

  it('keeps bytes as they are', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    expect(roundTrip({ key: bytes, value: bytes })).toMatchObject({
      key: Buffer.from(bytes),
      value: Buffer.from(bytes),
    });
  });

  it('tells null from empty', () => {
    const read = roundTrip({
      key: null,
      value: '',
      headers: [
        { key: 'h', value: null },
        { key: '', value: '' },
      ],
    });
    expect(read?.key).toBeNull();
    expect(read?.value).toHaveLength(0);
    expect(read?.headers?.map(({ key, value }) => [key, value?.length ?? null])).toEqual([
      ['h', null],
      ['', 0],
    ]);
  });

  it('keeps timestamps that are older and much later than the first', () => {
    const timestamps = [1_700_000_000_000, 0, 1_700_000_000_001, 8_000_000_000_000_000, 1_600_000_000_000];
    const read = decoded(encoded(timestamps.map((timestamp) => record({ timestamp }))).seal(NOBODY));
    expect(read.map(({ timestamp }) => timestamp)).toEqual(timestamps);
  });

  it('writes the largest timestamp and the stamp into the header', () => {
    const stamp = { producerId: 77n, producerEpoch: 3, baseSequence: 12, transactional: true };
    const batch = encoded([record({ timestamp: 5 }), record({ timestamp: 9 }), record({ timestamp: 7 })]).seal(stamp);
    expect(batch.readInt32BE(8)).toBe(batch.length - 12);
    expect(batch.readInt16BE(21)).toBe(0x10);
    expect(batch.readInt32BE(23)).toBe(2);
    expect([batch.readBigInt64BE(27), batch.readBigInt64BE(35)]).toEqual([5n, 9n]);
    expect([batch.readBigInt64BE(43), batch.readInt16BE(51), batch.readInt32BE(53)]).toEqual([77n, 3, 12]);
    expect(batch.readInt32BE(57)).toBe(3);
  });

  it('takes no record that passes the limit, and any record that is the first', () => {
    const encoder = new BatchEncoder(200, new BufferPool(), 64);
    expect(encoder.append(record({ value: 'x'.repeat(500) }), 0)).toBe(true);
    expect(encoder.append(record({ value: 'y' }), 0)).toBe(false);
    expect(decoded(encoder.seal(NOBODY))).toHaveLength(1);
  });

  it('never passes the limit with text that is longer in UTF-8', () => {
    const encoder = new BatchEncoder(300, new BufferPool(), 64);
    let count = 0;
    while (encoder.append(record({ value: 'é'.repeat(20) }), 0)) count++;
    expect(encoder.size).toBeLessThanOrEqual(300);
    expect(decoded(encoder.seal(NOBODY))).toHaveLength(count);
  });

  it('gives the same bytes when sealed again with another stamp and back', () => {
    const encoder = encoded([record({ value: 'a' })]);
    const first = Buffer.from(encoder.seal(NOBODY));
    const other = Buffer.from(encoder.seal({ ...NOBODY, producerId: 5n }));
    expect(other.equals(first)).toBe(false);
    expect(encoder.seal(NOBODY).equals(first)).toBe(true);
  });
});

describe('largestBatchSize', () => {
  it('is never less than the batch of the record', () => {
    for (const value of ['', 'x', 'é'.repeat(100), 'z'.repeat(20_000)]) {
      const one = record({ key: value, value, headers: [{ key: 'h', value }], timestamp: 1 });
      expect(largestBatchSize(one)).toBeGreaterThanOrEqual(encoded([one]).seal(NOBODY).length);
      expect(largestBatchSize(one)).toBeGreaterThan(BATCH_HEADER_SIZE);
    }
  });
});
