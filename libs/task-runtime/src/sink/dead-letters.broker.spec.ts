import { until } from '@tributary/testing';
import type { IncomingRecord, OutgoingRecord } from '@tributary/kafka-client';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { DEADLINE_MS, ExecutorFixture, unique, type ExecutorHandle } from '../testing/executor-fixture.js';

const LONG = { 'value.converter': 'org.apache.kafka.connect.converters.LongConverter' };
/** Times of records; much older ones the broker would soon delete. */
const NOW = Date.now();
const JSON_VALUES = { 'value.converter': 'Json', 'value.converter.schemas.enable': 'false' };

describe('a sink with a dead letter queue', () => {
  let fixture: ExecutorFixture;
  let executor: ExecutorHandle;

  beforeAll(async () => {
    fixture = new ExecutorFixture(inject('bootstrapServers'));
    await fixture.start();
    executor = await fixture.executor('first:1');
  });
  afterAll(() => fixture.close());

  /** A topic, and the properties of a sink that reads it and writes what fails to another. */
  async function sink(name: string, more: Record<string, string>) {
    const topic = unique(name);
    await fixture.createTopic(topic);
    const config = {
      'connector.class': 'JournalSink',
      topics: topic,
      file: fixture.file(topic),
      journal: fixture.file(`${topic}-journal`),
      'errors.deadletterqueue.topic.name': `${topic}-dead`,
      'errors.deadletterqueue.topic.replication.factor': '1',
      ...more,
    };
    return { topic, dead: `${topic}-dead`, config, group: `connect-${topic}` };
  }

  async function run(name: string, config: Record<string, string>) {
    const [task] = await fixture.configure(name, config);
    if (task === undefined) throw new Error('no task');
    await executor.assign([task]);
    return task;
  }

  const record = (topic: string, value: OutgoingRecord['value'], more: Partial<OutgoingRecord> = {}) => ({
    topic,
    partition: 0,
    key: null,
    value,
    headers: undefined,
    timestamp: null,
    ...more,
  });

  const letters = (topic: string, count: number) =>
    until(
      `${count} records in ${topic}`,
      async () => {
        const records = await fixture.records(topic);
        if (records.length >= count) return records;
        throw new Error(`${records.length} are there`);
      },
      DEADLINE_MS,
    );

  const told = ({ headers = [] }: IncomingRecord) =>
    headers.map(({ key, value }) => [key, value === null ? null : String(value)]);

  it('writes what cannot be converted there byte for byte, delivers the rest and commits past all', async () => {
    const { topic, dead, config, group } = await sink('letters', {
      ...JSON_VALUES,
      'errors.tolerance': 'all',
      'errors.deadletterqueue.context.headers.enable': 'true',
    });
    const binary = Buffer.from([0, 255, 1, 254]);
    const headers = [
      { key: 'twice', value: binary },
      { key: 'twice', value: null },
      { key: '', value: Buffer.alloc(0) },
    ];
    await fixture.produceRecords([
      record(topic, '1'),
      record(topic, binary, { key: binary, headers, timestamp: NOW - 17 }),
      record(topic, '{', { key: Buffer.alloc(0), timestamp: NOW - 9 }),
      record(topic, '2'),
    ]);
    await run(topic, config);
    await until('what can be converted', () => fixture.lines(topic).length === 2, DEADLINE_MS);
    await executor.assign([]);
    expect(await fixture.committed(group)).toBe(4);

    const [first, second, ...more] = await letters(dead, 2);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ key: binary, value: binary, timestamp: NOW - 17, timestampType: 'CreateTime' });
    expect(first?.headers?.slice(0, 3)).toEqual(headers);
    expect(second).toMatchObject({ key: Buffer.alloc(0), value: Buffer.from('{'), timestamp: NOW - 9 });
    expect(second && told(second).slice(0, 8)).toEqual([
      ['__connect.errors.topic', topic],
      ['__connect.errors.partition', '0'],
      ['__connect.errors.offset', '2'],
      ['__connect.errors.connector.name', topic],
      ['__connect.errors.task.id', '0'],
      ['__connect.errors.stage', 'VALUE_CONVERTER'],
      ['__connect.errors.class.name', 'org.apache.kafka.connect.json.JsonConverter'],
      ['__connect.errors.exception.class.name', 'org.apache.kafka.connect.errors.DataException'],
    ]);
    expect((await fixture.topicFacts(dead)).partitions).toBe(1);
  });

  it('writes the record there that makes a task fail, and commits what came before it', async () => {
    const { topic, dead, config, group } = await sink('strict', LONG);
    const long = Buffer.alloc(8);
    await fixture.produceRecords([
      record(topic, long),
      record(topic, 'bad', { timestamp: NOW - 5 }),
      record(topic, long),
    ]);
    const task = await run(topic, { ...config, 'consumer.override.max.poll.records': '1' });
    await fixture.state(task, 'FAILED');
    expect(fixture.statuses.task(task)?.trace).toMatch(/ConnectException: Tolerance exceeded in error handler\n/);
    expect(await letters(dead, 1)).toMatchObject([{ key: null, value: Buffer.from('bad'), headers: undefined }]);
    expect(await fixture.committed(group)).toBe(1);
    await executor.assign([]);
  });

  it('writes there what the task reports: as it was read, or as the converters write what the task made', async () => {
    const { topic, dead, config } = await sink('reported', { reject: 'b', 'errors.tolerance': 'all' });
    const header = { key: 'h', value: Buffer.from('7') };
    await fixture.produceRecords([record(topic, 'a'), record(topic, 'b', { key: 'k', headers: [header] })]);
    await run(topic, config);
    await letters(dead, 1);
    await executor.assign([]);

    await fixture.produceRecords([record(topic, 'b', { key: 'k', headers: [header], timestamp: NOW - 3 })]);
    await run(topic, { ...config, remade: 'not' });
    const [asRead, remade] = await letters(dead, 2);
    await executor.assign([]);
    expect(asRead).toMatchObject({ key: Buffer.from('k'), value: Buffer.from('b'), headers: [header] });
    expect(remade).toMatchObject({
      key: Buffer.from('k'),
      value: Buffer.from('not b'),
      headers: [header],
      timestamp: NOW - 3,
    });
  });

  it.each(['conversion', 'report'])('fails and loses nothing when the queue refuses a record: %s', async (stage) => {
    const refused = 'x'.repeat(2000);
    const failing = stage === 'conversion' ? JSON_VALUES : { reject: refused };
    const { topic, dead, config, group } = await sink(`refused-${stage}`, { ...failing, 'errors.tolerance': 'all' });
    await fixture.produceRecords([record(topic, '1'), record(topic, refused), record(topic, '2')]);
    const task = await run(topic, { ...config, 'producer.override.max.request.size': '1000' });
    await fixture.state(task, 'FAILED');
    const { trace = '' } = fixture.statuses.task(task) ?? {};
    expect(trace).toContain(`Could not produce message to dead letter queue. topic=${dead}`);
    expect(trace).toContain('org.apache.kafka.common.errors.RecordTooLargeException: The message is ');
    expect(await fixture.committed(group)).toBe(0);
    expect(await fixture.records(dead)).toEqual([]);

    await run(topic, config);
    await letters(dead, 1);
    await until('the record behind it', () => fixture.lines(topic).at(-1)?.endsWith(' 2'), DEADLINE_MS);
    await executor.assign([]);
    expect(await fixture.committed(group)).toBe(3);
  });

  it('isolates the records that make put throw where it is told to, and fails where it is not', async () => {
    const { topic, dead, config, group } = await sink('isolated', { poison: 'x', 'errors.tolerance': 'all' });
    const values = ['0', '1', 'x2', '3', 'x4', '5'];
    await fixture.produceRecords(values.map((value) => record(topic, value, { key: value })));
    const task = await run(topic, config);
    await fixture.state(task, 'FAILED');
    expect(await fixture.committed(group)).toBe(0);
    const headers = { 'errors.deadletterqueue.context.headers.enable': 'true' };
    await run(topic, { ...config, ...headers, 'errors.put.isolation': 'true' });
    const isolated = await letters(dead, 2);
    await until('the others', () => fixture.lines(topic).length === 4, DEADLINE_MS);
    await executor.assign([]);
    expect(fixture.lines(topic).map((line) => line.split(' ')[1])).toEqual(['0', '1', '3', '5']);
    expect(isolated.map(({ key, value }) => [String(key), String(value)])).toEqual([
      ['x2', 'x2'],
      ['x4', 'x4'],
    ]);
    expect(isolated[0] && told(isolated[0]).slice(5, 9)).toEqual([
      ['__connect.errors.stage', 'TASK_PUT'],
      ['__connect.errors.class.name', 'org.apache.kafka.connect.sink.SinkTask'],
      ['__connect.errors.exception.class.name', 'java.lang.RuntimeException'],
      ['__connect.errors.exception.message', 'cannot take x2'],
    ]);
    expect(await fixture.committed(group)).toBe(6);
  });

  it('writes on in a topic that the brokers make anew when the one of the queue is deleted under it', async () => {
    const { topic, dead, config, group } = await sink('deleted', { ...JSON_VALUES, 'errors.tolerance': 'all' });
    await fixture.produceRecords([record(topic, '1'), record(topic, '{')]);
    const task = await run(topic, config);
    await letters(dead, 1);
    await fixture.deleteTopic(dead);
    await fixture.produceRecords([record(topic, '2'), record(topic, '[')]);
    await until('the record beside it', () => fixture.lines(topic).at(-1)?.endsWith(' 2'), DEADLINE_MS);
    const [letter] = await letters(dead, 1);
    expect(letter).toMatchObject({ value: Buffer.from('[') });
    expect(fixture.statuses.task(task)?.state).toBe('RUNNING');
    await executor.assign([]);
    expect(await fixture.committed(group)).toBe(4);
  });

  it('does not start where the topic cannot be created', async () => {
    const factor = { 'errors.deadletterqueue.topic.replication.factor': '3' };
    const { topic, dead, config } = await sink('uncreated', factor);
    const task = await run(topic, config);
    await fixture.state(task, 'FAILED');
    const { trace = '' } = fixture.statuses.task(task) ?? {};
    expect(trace).toMatch(
      `org.apache.kafka.connect.errors.ConnectException: Could not initialize dead letter queue with topic=${dead}\n`,
    );
    expect(trace).toContain('org.apache.kafka.common.errors.InvalidReplicationFactorException');
    expect(fixture.lines(`${topic}-journal`)).toEqual([]);
    await executor.assign([]);
  });

  it('stops at once while the queue cannot be written to, and commits nothing beyond', async () => {
    const { topic, config, group } = await sink('away', { ...JSON_VALUES, 'errors.tolerance': 'all' });
    await fixture.createTopic(`${topic}-dead`);
    const away = { 'producer.override.bootstrap.servers': 'localhost:1' };
    await fixture.produceRecords([record(topic, '1'), record(topic, '{')]);
    await run(topic, { ...config, ...away });
    await until('the record before it', () => fixture.lines(topic).length === 1, DEADLINE_MS);
    await executor.assign([]);
    expect(await fixture.committed(group)).toBe(0);
  });
});
