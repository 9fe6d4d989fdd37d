import { newTaskCounters } from '@tributary/observability';
import type { SinkRecord } from '@tributary/connect-api';
import { describe, expect, it } from 'vitest';
import { ErrantRecords } from './errant-records.js';
import { ErrorPolicy } from './error-policy.js';
import type { Failure } from './reporter.js';
import type { ConsumedRecord } from './stages.js';

const ORIGINAL: ConsumedRecord = {
  topic: 't',
  partition: 0,
  offset: 7,
  timestamp: 1,
  timestampType: 'CreateTime',
  key: null,
  value: Buffer.from('v'),
  headers: undefined,
};
const RECORD: SinkRecord = {
  topic: 't',
  kafkaPartition: 0,
  keySchema: null,
  key: null,
  valueSchema: null,
  value: 'v',
  timestamp: 1,
  headers: undefined,
  kafkaOffset: 7,
  timestampType: 'CreateTime',
  originalTopic: 't',
  originalKafkaPartition: 0,
  originalKafkaOffset: 7,
};

function errantRecords(tolerant: boolean, originalOf = () => ORIGINAL) {
  const heard: Failure[] = [];
  const settings = { retryTimeoutMs: 0, retryDelayMaxMs: 0, tolerant, log: true, logRecords: false };
  const reporters = [{ report: (failure: Failure) => Promise.resolve(void heard.push(failure)) }];
  const { signal } = new AbortController();
  const policy = new ErrorPolicy({ settings, reporters, counters: newTaskCounters('sink'), signal });
  return { errant: new ErrantRecords(policy, originalOf), heard };
}

describe('ErrantRecords', () => {
  it('reports the original of the record, as a failure of the sink task', async () => {
    const { errant, heard } = errantRecords(true);
    const error = new Error('refused');
    await errant.report(RECORD, error);
    const className = 'org.apache.kafka.connect.sink.SinkTask';
    expect(heard).toEqual([{ stage: 'TASK_PUT', className, subject: ORIGINAL, error }]);
    expect(() => errant.check()).not.toThrow();
  });

  it('throws at once where errors are not tolerated; a task that swallows that goes on', () => {
    const { errant, heard } = errantRecords(false);
    expect(() => errant.report(RECORD, new Error('refused'))).toThrow('Tolerance exceeded in error handler');
    expect(heard.length).toBe(1);
    expect(() => errant.check()).not.toThrow();
  });

  it('fails the task whose record cannot be told, and reports nothing', () => {
    const { errant, heard } = errantRecords(true, () => {
      throw new Error('no converter for this');
    });
    expect(() => errant.report(RECORD, new Error('refused'))).toThrow('no converter for this');
    expect(heard).toEqual([]);
    expect(() => errant.check()).toThrow('no converter for this');
  });
});
