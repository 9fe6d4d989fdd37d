import { RetriableError, type SinkRecord, type SinkTask } from '@tributary/connect-api';
import { loggerFor, newTaskCounters } from '@tributary/observability';
import { describe, expect, it } from 'vitest';
import { Activity } from '../timing/activity.js';
import { PendingRecords } from './pending-records.js';
import { SinkDelivery } from './sink-delivery.js';
import { SinkOffsets } from './sink-offsets.js';

const record = (value: string, offset: number): SinkRecord => ({
  topic: 't',
  kafkaPartition: 0,
  keySchema: null,
  key: null,
  valueSchema: null,
  value,
  timestamp: 1,
  headers: undefined,
  kafkaOffset: offset,
  timestampType: 'CreateTime',
  originalTopic: 't',
  originalKafkaPartition: 0,
  originalKafkaOffset: offset,
});

/** A task that takes no batch with an `x` in it, and what it was given. `put` may be replaced. */
function setUp(
  values: string,
  isolates: boolean,
  before: (values: string, stop: () => void) => void = () => undefined,
) {
  const taken: string[] = [];
  const reported: string[] = [];
  const stop = new AbortController();
  const task: Pick<SinkTask, 'put'> = {
    put: (records) => {
      const given = records.map(({ value }) => String(value)).join('');
      before(given, () => stop.abort());
      if (given.includes('x')) throw new Error(`cannot take ${given}`);
      taken.push(given);
    },
  };
  const pending = new PendingRecords();
  pending.records = [...values].map(record);
  pending.reached([
    {
      topic: 't',
      partition: 0,
      offset: values.length,
      timestamp: 1,
      timestampType: 'CreateTime',
      key: null,
      value: null,
      headers: undefined,
    },
  ]);
  const offsets = new SinkOffsets();
  offsets.assign({ topic: 't', partition: 0, offset: 0 });
  const counters = newTaskCounters('sink');
  const delivery = new SinkDelivery({
    task: task as SinkTask,
    pending,
    offsets,
    partitions: { setRedelivering: () => undefined },
    reports: {
      check: () => undefined,
      ready: async () => undefined,
      putFailed: ({ value }) => void reported.push(String(value)),
    },
    isolates,
    stopping: stop.signal,
    counters,
    activity: new Activity(),
    log: loggerFor('spec'),
  });
  const left = () => pending.records.map(({ value }) => String(value)).join('');
  const reached = () => offsets.current([{ topic: 't', partition: 0 }])[0]?.offset;
  return { delivery, taken, reported, left, reached, counters };
}

describe('SinkDelivery', () => {
  it('gives all to the task at once, and is then behind all that was read', async () => {
    const { delivery, taken, left, reached, counters } = setUp('abc', true);
    await delivery.deliver();
    expect([taken, left(), reached()]).toEqual([['abc'], '', 4]);
    expect(counters).toMatchObject({ recordsSent: 3, batches: 1 });
  });

  it('fails the task at an error where nothing is isolated', async () => {
    const { delivery, left, reached } = setUp('axc', false);
    await expect(delivery.deliver()).rejects.toThrow('Exiting WorkerSinkTask due to unrecoverable exception.');
    expect([left(), reached()]).toEqual(['axc', 0]);
  });

  it.each([
    ['abcdexgh', ['abcd', 'e', 'gh'], ['x']],
    ['x', [], ['x']],
    ['xx', [], ['x', 'x']],
    ['xaaaaaax', ['a', 'aa', 'aa', 'a'], ['x', 'x']],
  ])('delivers all of %s but the records that are guilty, in order', async (values, parts, guilty) => {
    const { delivery, taken, reported, left, reached, counters } = setUp(values, true);
    await delivery.deliver();
    expect([taken, reported, left(), reached()]).toEqual([parts, guilty, '', values.length + 1]);
    expect(counters).toMatchObject({ recordsSent: parts.join('').length, batches: 1 });
  });

  it('goes on behind what is done when the task wants to wait in between', async () => {
    let busy = true;
    const { delivery, taken, reported, left, reached } = setUp('abxdefgh', true, (values) => {
      if (values === 'efgh' && busy) {
        busy = false;
        throw new RetriableError('not now');
      }
    });
    await delivery.deliver();
    expect([taken, reported, left(), reached()]).toEqual([['ab', 'd'], ['x'], 'efgh', 4]);
    await delivery.deliver();
    expect([taken, reported, left(), reached()]).toEqual([['ab', 'd', 'efgh'], ['x'], '', 9]);
  });

  it('ends between two parts when the task is asked to stop', async () => {
    const { delivery, taken, left, reached } = setUp('abxdefgh', true, (values, stop) => {
      if (values === 'ab') stop();
    });
    await delivery.deliver();
    expect([taken, left(), reached()]).toEqual([['ab'], 'xdefgh', 2]);
  });
});
