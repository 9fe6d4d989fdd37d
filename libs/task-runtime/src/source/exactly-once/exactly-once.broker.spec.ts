import { kafkaClients } from '@tributary/kafka-client';
import type { TaskId } from '@tributary/kafka-storage';
import { until } from '@tributary/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { DEADLINE_MS, ExecutorFixture, numbers, unique, type ExecutorHandle } from '../../testing/executor-fixture.js';

const SOURCE = { 'connector.class': 'NumberSource' };

describe('an exactly-once source task', () => {
  let fixture: ExecutorFixture;
  let first: ExecutorHandle;

  beforeAll(async () => {
    fixture = new ExecutorFixture(inject('bootstrapServers'), { 'exactly.once.source.support': 'enabled' });
    await fixture.start();
    first = await fixture.executor('first:1');
  });
  afterAll(() => fixture.close());

  const committed = (topic: string) => fixture.values(topic, 'read_committed');
  const arrived = (topic: string, count: number) =>
    until(`${count} records in ${topic}`, async () => (await committed(topic)).length >= count, DEADLINE_MS);
  const failed = async (id: TaskId): Promise<string> => {
    await fixture.state(id, 'FAILED');
    return fixture.statuses.task(id)?.trace ?? '';
  };
  /** What the offsets topic holds of the connector: the last value. */
  const storedOffset = async (connector: string, topic = `${fixture.groupId}-offsets`): Promise<unknown> => {
    const records = await fixture.records(topic, 'read_committed');
    const own = records.filter(({ key }) => key?.toString().startsWith(JSON.stringify([connector]).slice(0, -1)));
    const value = own.at(-1)?.value?.toString();
    return value === undefined ? undefined : JSON.parse(value);
  };

  async function configured(name: string, config: Record<string, string>): Promise<TaskId> {
    await fixture.createTopic(name);
    const [task] = await fixture.configure(name, { topic: name, ...config });
    if (task === undefined) throw new Error('no task');
    return task;
  }

  it('commits the offset of a record with the record, and asks for fencing before it begins', async () => {
    const topic = unique('once');
    await first.assign([await configured(topic, { ...SOURCE, count: '100', batch: '10' })]);
    await arrived(topic, 100);
    expect(await committed(topic)).toEqual(numbers(100));
    expect(await storedOffset(topic)).toEqual({ next: 100 });
    expect(fixture.configs.snapshot().pendingFencing(topic)).toBe(false);
    expect(fixture.configs.snapshot().taskCountRecord(topic)).toBe(1);
  });

  it('goes on elsewhere without a record lost or written twice', async () => {
    const topic = unique('moved');
    const task = await configured(topic, { ...SOURCE, count: '100000', batch: '50', lazy: '1' });
    await first.assign([task]);
    await arrived(topic, 500);
    await first.assign([]);
    const stopped = (await committed(topic)).length;
    const second = await fixture.executor('second:1');
    await second.assign([task]);
    await arrived(topic, stopped + 500);
    await second.assign([]);
    const values = await committed(topic);
    expect(values).toEqual(numbers(values.length));
    expect(await storedOffset(topic)).toEqual({ next: values.length });
  });

  it('is shut out by the run of the task that follows it, and fails for good', async () => {
    const topic = unique('zombie');
    const journal = fixture.file(topic);
    const task = await configured(topic, { ...SOURCE, count: '100000', batch: '10', lazy: '5', journal });
    await first.assign([task]);
    await arrived(topic, 100);
    // Nobody has told the first executor: it is what a member is that was frozen for a while.
    const second = await fixture.executor('successor:1');
    await second.assign([task]);
    await fixture.state(task, 'RUNNING', 'successor:1');
    await until('the zombie to stop', () => fixture.lines(topic).includes('stop'), DEADLINE_MS);
    await fixture.state(task, 'RUNNING', 'successor:1');
    const atEnd = (await committed(topic)).length;
    await arrived(topic, atEnd + 200);
    await second.assign([]);
    await first.assign([]);
    const values = await committed(topic);
    expect(values).toEqual(numbers(values.length));
  });

  it("fails with the reference's words when its producer is fenced", async () => {
    const topic = unique('fenced');
    const task = await configured(topic, { ...SOURCE, count: '100000', batch: '10', lazy: '5' });
    await first.assign([task]);
    await arrived(topic, 50);
    const admin = kafkaClients.admin({ 'bootstrap.servers': inject('bootstrapServers') });
    await admin.fenceProducers([`${fixture.groupId}-${topic}-0`]);
    await admin.close();
    expect(await failed(task)).toMatch(
      new RegExp(
        `^org\\.apache\\.kafka\\.connect\\.errors\\.ConnectException: The task ${topic}-0 was unable to finish ` +
          'writing records to Kafka before its producer transaction expired',
      ),
    );
    const values = await committed(topic);
    expect(await storedOffset(topic)).toEqual({ next: values.length });
  });

  it('leaves nothing behind of a transaction in which a record fails', async () => {
    const topic = unique('poison');
    const task = await configured(topic, { ...SOURCE, count: '100', batch: '30', poison: '42' });
    await first.assign([task]);
    expect(await failed(task)).toContain('Tolerance exceeded in error handler');
    expect(await committed(topic)).toEqual(numbers(30));
    expect(await storedOffset(topic)).toEqual({ next: 30 });
  });

  it('fails where Kafka refuses a record, also where errors are tolerated', async () => {
    const topic = unique('refused');
    const task = await configured(topic, { ...SOURCE, count: '9', batch: '3', large: '4', 'errors.tolerance': 'all' });
    await first.assign([task]);
    expect(await failed(task)).toMatch(
      /Unrecoverable exception trying to send|Failed to flush offsets and\/or records/,
    );
    expect(await committed(topic)).toEqual(numbers(3));
  });

  it('does not write to the topic of its own offsets', async () => {
    const topic = unique('selfish');
    const task = await configured(topic, { ...SOURCE, topic: `${fixture.groupId}-offsets`, count: '3' });
    await first.assign([task]);
    expect(await failed(task)).toContain(
      'Source tasks may not produce to their own offsets topics when exactly-once support is enabled',
    );
  });

  it('tells of records and commits once the transaction is committed', async () => {
    const topic = unique('confirmed');
    const journal = fixture.file(topic);
    const task = await configured(topic, { 'connector.class': 'ConfirmingSource', count: '3', batch: '3', journal });
    await first.assign([task]);
    await until('a commit', () => fixture.lines(topic).includes('commit'), DEADLINE_MS);
    const lines = fixture.lines(topic);
    expect(lines.slice(-4)).toEqual(['committed 0 at 0', 'committed 1 at 1', 'committed 2 at 2', 'commit']);
    expect(await committed(topic)).toEqual(numbers(3));
  });

  it('ends its transactions by the clock where it is told to, also when no records come', async () => {
    const topic = unique('interval');
    const boundary = { 'transaction.boundary': 'interval', 'transaction.boundary.interval.ms': '200' };
    await first.assign([await configured(topic, { ...SOURCE, count: '60', batch: '10', ...boundary })]);
    await arrived(topic, 60);
    expect(await committed(topic)).toEqual(numbers(60));
    expect(await storedOffset(topic)).toEqual({ next: 60 });
  });

  it('commits before it rests', async () => {
    const topic = unique('rests');
    const boundary = { 'transaction.boundary': 'interval', 'transaction.boundary.interval.ms': '3600000' };
    const task = await configured(topic, { ...SOURCE, count: '50', batch: '10', ...boundary });
    await first.assign([task]);
    await until('all records', async () => (await fixture.values(topic)).length === 50, DEADLINE_MS);
    await fixture.configWriter.putTargetState(topic, 'PAUSED');
    await fixture.state(task, 'PAUSED');
    expect(await committed(topic)).toEqual(numbers(50));
  });

  it('ends its transactions where the task says, and drops what the task aborts, offsets excepted', async () => {
    const topic = unique('said');
    const config = {
      'connector.class': 'BoundarySource',
      count: '40',
      batch: '7',
      'transaction.boundary': 'connector',
    };
    await first.assign([await configured(topic, config)]);
    // Each ten numbers are a transaction; every other one is aborted.
    const kept = numbers(40).filter((number) => Math.floor(Number(number) / 10) % 2 === 0);
    await arrived(topic, kept.length);
    expect(await committed(topic)).toEqual(kept);
    await until(
      'the offset of what was aborted',
      async () => JSON.stringify(await storedOffset(topic)) === '{"next":40}',
      DEADLINE_MS,
    );
    await first.assign([]);
  });

  it('fails where the task wants a transaction both committed and aborted', async () => {
    const topic = unique('undecided');
    const config = {
      'connector.class': 'BoundarySource',
      count: '40',
      batch: '7',
      'transaction.boundary': 'connector',
    };
    const task = await configured(topic, { ...config, contradict: 'true' });
    await first.assign([task]);
    expect(await failed(task)).toMatch(
      /^java\.lang\.IllegalStateException: Connector requested both commit and abort of same record against topic\/partition/,
    );
    expect(await committed(topic)).toEqual([]);
  });

  it("keeps its offsets in the connector's own topic, and begins from what the worker's knows", async () => {
    const topic = unique('own');
    const offsets = `${topic}-offsets`;
    const task = await configured(topic, { ...SOURCE, count: '20' });
    await first.assign([task]);
    await arrived(topic, 20);
    await fixture.configure(topic, { ...SOURCE, topic, count: '50', 'offsets.storage.topic': offsets });
    await arrived(topic, 50);
    expect(await committed(topic)).toEqual(numbers(50));
    expect(await storedOffset(topic, offsets)).toEqual({ next: 50 });
    await until(
      "the note in the worker's topic",
      async () => JSON.stringify(await storedOffset(topic)) === '{"next":50}',
      DEADLINE_MS,
    );
    await first.assign([]);
  });
});
