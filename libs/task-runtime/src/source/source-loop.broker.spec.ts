import { until } from '@tributary/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { DEADLINE_MS, ExecutorFixture, numbers, unique, type ExecutorHandle } from '../testing/executor-fixture.js';

const SOURCE = { 'connector.class': 'NumberSource' };

describe('a source task', () => {
  let fixture: ExecutorFixture;
  let first: ExecutorHandle;

  beforeAll(async () => {
    fixture = new ExecutorFixture(inject('bootstrapServers'));
    await fixture.start();
    first = await fixture.executor('first:1');
  });
  afterAll(() => fixture.close());

  const written = (topic: string, count: number) =>
    until(`${count} records in ${topic}`, async () => (await fixture.values(topic)).length >= count, DEADLINE_MS);

  it('writes each record once and goes on from its committed offset after a stop', async () => {
    const topic = unique('numbers');
    await fixture.createTopic(topic);
    const tasks = await fixture.configure(topic, { ...SOURCE, topic, count: '100000', batch: '50', lazy: '1' });
    await first.assign(tasks);
    await written(topic, 1000);
    await first.assign([]);
    const stopped = (await fixture.values(topic)).length;
    expect(stopped).toBeLessThan(100_000);
    const [task] = tasks;
    if (task === undefined) throw new Error('no task');
    await fixture.state(task, 'UNASSIGNED');

    const second = await fixture.executor('second:1');
    await second.assign(tasks);
    await fixture.state(task, 'RUNNING', 'second:1');
    await written(topic, stopped + 500);
    await second.assign([]);
    const values = await fixture.values(topic);
    expect(values).toEqual(numbers(values.length));
  });

  it('tells of each record that Kafka has, and after each commit', async () => {
    const topic = unique('confirmed');
    await fixture.createTopic(topic);
    const journal = fixture.file(topic);
    const tasks = await fixture.configure(topic, { 'connector.class': 'ConfirmingSource', topic, count: '3', journal });
    await first.assign(tasks);
    await until('a commit', () => fixture.lines(topic).includes('commit'), DEADLINE_MS);
    await first.assign([]);
    const lines = fixture.lines(topic).filter((line) => line.startsWith('committed'));
    expect(lines).toEqual(['committed 0 at 0', 'committed 1 at 1', 'committed 2 at 2']);
  });

  it('fails with the trace when poll throws, its records so far committed, and restarts when asked', async () => {
    const topic = unique('throws');
    await fixture.createTopic(topic);
    const faulty = { ...SOURCE, topic, count: '1000', batch: '100', fault: 'throw', 'fault.at': '500', lazy: '1' };
    const [task, ...rest] = await fixture.configure(topic, faulty);
    if (task === undefined) throw new Error('no task');
    await first.assign([task, ...rest]);
    await fixture.state(task, 'FAILED');
    expect(fixture.statuses.task(task)?.trace).toMatch(/^java\.lang\.RuntimeException: fault at 500\n\tat /);
    expect(fixture.statuses.task(task)?.version).toBe('1.2.3');
    expect(await fixture.values(topic)).toEqual(numbers(500));

    await fixture.configure(topic, { ...SOURCE, topic, count: '1000' });
    await written(topic, 1000);
    await fixture.state(task, 'RUNNING');
    expect(await fixture.values(topic)).toEqual(numbers(1000));
  });

  it('asks again after a retriable error from poll', async () => {
    const topic = unique('retries');
    await fixture.createTopic(topic);
    const faulty = { fault: 'retriable', 'fault.at': '100', 'fault.times': '3' };
    await first.assign(await fixture.configure(topic, { ...SOURCE, topic, count: '300', ...faulty }));
    await written(topic, 300);
    expect(await fixture.values(topic)).toEqual(numbers(300));
  });

  it('rests while its connector is paused', async () => {
    const topic = unique('paused');
    await fixture.createTopic(topic);
    const [task] = await fixture.configure(topic, { ...SOURCE, topic, count: '1000000', batch: '10', lazy: '5' });
    if (task === undefined) throw new Error('no task');
    await first.assign([task]);
    await written(topic, 50);
    await fixture.configWriter.putTargetState(topic, 'PAUSED');
    await fixture.state(task, 'PAUSED');
    const before = (await fixture.values(topic)).length;
    await fixture.configWriter.putTargetState(topic, 'STARTED');
    await fixture.state(task, 'RUNNING');
    await written(topic, before + 50);
    await first.assign([]);
    const values = await fixture.values(topic);
    expect(values).toEqual(numbers(values.length));
  });

  it('fails at a record that cannot be converted, the ones before it written', async () => {
    const topic = unique('poison');
    await fixture.createTopic(topic);
    const [task] = await fixture.configure(topic, { ...SOURCE, topic, count: '100', poison: '42' });
    if (task === undefined) throw new Error('no task');
    await first.assign([task]);
    await fixture.state(task, 'FAILED');
    expect(fixture.statuses.task(task)?.trace).toContain('Tolerance exceeded in error handler');
    expect(await fixture.values(topic)).toEqual(numbers(42));
  });

  it('leaves out records that cannot be converted where errors are tolerated, and confirms them as nowhere', async () => {
    const topic = unique('tolerant');
    await fixture.createTopic(topic);
    const journal = fixture.file(topic);
    const config = { 'connector.class': 'ConfirmingSource', topic, count: '5', poison: '2', journal };
    const tasks = await fixture.configure(topic, { ...config, 'errors.tolerance': 'all', 'errors.log.enable': 'true' });
    await first.assign(tasks);
    await until('a commit', () => fixture.lines(topic).includes('commit'), DEADLINE_MS);
    await first.assign([]);
    expect(await fixture.values(topic)).toEqual(['0', '1', '3', '4']);
    const [task] = tasks;
    expect(task && fixture.statuses.task(task)?.state).not.toBe('FAILED');
    expect(fixture.lines(topic).filter((line) => line.endsWith('nowhere'))).toHaveLength(1);
    await first.assign(tasks);
    await until('the second start', () => fixture.lines(topic).includes('start 5'), DEADLINE_MS);
  });

  it('skips a record that Kafka refuses where errors are tolerated, and fails where they are not', async () => {
    const topic = unique('refused');
    await fixture.createTopic(topic);
    const config = { ...SOURCE, topic, count: '5', large: '2' };
    const [task] = await fixture.configure(topic, config);
    if (task === undefined) throw new Error('no task');
    await first.assign([task]);
    await fixture.state(task, 'FAILED');
    expect(fixture.statuses.task(task)?.trace).toContain('Unrecoverable exception from producer send callback');
    const before = (await fixture.values(topic)).length;
    await fixture.configure(topic, { ...config, 'errors.tolerance': 'all' });
    await until('the others', async () => (await fixture.values(topic)).length === before + 4, DEADLINE_MS);
    await fixture.state(task, 'RUNNING');
  });

  it.each(['hang', 'busy'])('is cut off when it does not end (%s), and its neighbour runs on', async (fault) => {
    const topic = unique(fault);
    const neighbour = unique('neighbour');
    await fixture.createTopic(topic);
    await fixture.createTopic(neighbour);
    const [task] = await fixture.configure(topic, { ...SOURCE, topic, count: '200', fault, 'fault.at': '100' });
    const [other] = await fixture.configure(neighbour, { ...SOURCE, topic: neighbour, count: '500', lazy: '20' });
    if (task === undefined || other === undefined) throw new Error('no task');
    await first.assign([task, other]);
    await written(topic, 100);
    await first.assign([other]);
    await written(neighbour, 500);
    await first.assign([]);
    expect(await fixture.values(neighbour)).toEqual(numbers(500));
    expect(await fixture.values(topic)).toEqual(numbers(100));
  });

  it('creates its topic as topic.creation says', async () => {
    const topic = unique('created');
    const creation = {
      'topic.creation.groups': 'wide',
      'topic.creation.default.partitions': '1',
      'topic.creation.default.replication.factor': '1',
      'topic.creation.wide.include': 'created.*',
      'topic.creation.wide.partitions': '3',
      'topic.creation.wide.retention.ms': '123456',
    };
    await first.assign(await fixture.configure(topic, { ...SOURCE, topic, count: '10', ...creation }));
    await until('the topic', () => fixture.statuses.activeTopics(topic).includes(topic), DEADLINE_MS);
    expect(await fixture.topicFacts(topic)).toEqual({ partitions: 3, retentionMs: '123456' });
    await written(topic, 10);
  });

  it('fails where a plugin ends the process, and the process lives on', async () => {
    const topic = unique('exits');
    await fixture.createTopic(topic);
    const [task] = await fixture.configure(topic, { ...SOURCE, topic, count: '10', fault: 'exit' });
    if (task === undefined) throw new Error('no task');
    await first.assign([task]);
    await fixture.state(task, 'FAILED');
    expect(fixture.statuses.task(task)?.trace).toContain('process.exit');
  });

  it('is removed with its connector, status included', async () => {
    const topic = unique('removed');
    await fixture.createTopic(topic);
    const [task] = await fixture.configure(topic, { ...SOURCE, topic, count: '10' });
    if (task === undefined) throw new Error('no task');
    await first.assign([task]);
    await fixture.state(task, 'RUNNING');
    await fixture.configWriter.removeConnector(topic);
    await until('the status to go', () => fixture.statuses.task(task) === undefined, DEADLINE_MS);
    expect(first.executor.runningTasks()).toEqual([]);
  });
});
