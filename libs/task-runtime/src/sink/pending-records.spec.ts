import type { SinkRecord } from '@tributary/connect-api';
import type { IncomingRecord } from '@tributary/kafka-client';
import { describe, expect, it } from 'vitest';
import { PendingRecords } from './pending-records.js';

const incoming = (partition: number, offset: number): IncomingRecord => ({
  topic: 't',
  partition,
  offset,
  timestamp: 0,
  timestampType: 'CreateTime',
  key: null,
  value: null,
  headers: undefined,
});

const record = (partition: number, offset: number): SinkRecord => ({
  topic: 'elsewhere',
  kafkaPartition: 9,
  keySchema: null,
  key: null,
  valueSchema: null,
  value: null,
  timestamp: 0,
  headers: undefined,
  kafkaOffset: offset,
  timestampType: 'CreateTime',
  originalTopic: 't',
  originalKafkaPartition: partition,
  originalKafkaOffset: offset,
});

describe('PendingRecords', () => {
  it('reaches one past the last record of each partition', () => {
    const pending = new PendingRecords();
    pending.reached([incoming(0, 4), incoming(0, 5), incoming(1, 7), incoming(0, 6)]);
    expect(pending.done()).toEqual([
      { topic: 't', partition: 0, offset: 7 },
      { topic: 't', partition: 1, offset: 8 },
    ]);
    expect(pending.done()).toEqual([]);
  });

  it('drops records by the partition they came from, whatever a transform made of them', () => {
    const pending = new PendingRecords();
    pending.records.push(record(0, 4), record(1, 7));
    pending.reached([incoming(0, 4), incoming(1, 7)]);
    pending.drop([{ topic: 't', partition: 0 }]);
    expect(pending.records.map((left) => left.originalKafkaPartition)).toEqual([1]);
    expect(pending.done()).toEqual([{ topic: 't', partition: 1, offset: 8 }]);
  });
});
