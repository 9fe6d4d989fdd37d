import { until } from '@tributary/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { DEADLINE_MS, ExecutorFixture, numbers, unique, type ExecutorHandle } from '../testing/executor-fixture.js';

const SINK = { 'connector.class': 'JournalSink' };

describe('a sink task', () => {
  let fixture: ExecutorFixture;
  let first: ExecutorHandle;

  beforeAll(async () => {
    fixture = new ExecutorFixture(inject('bootstrapServers'), {
      'consumer.session.timeout.ms': '6000',
      'consumer.heartbeat.interval.ms': '300',
    });
    await fixture.start();
    first = await fixture.executor('first:1');
  });
  afterAll(() => fixture.close());

  const values = (name: string) => fixture.lines(name).map((line) => String(line.split(' ')[1]));
  const inOrder = (name: string) => values(name).sort((a, b) => Number(a) - Number(b));
  const received = (name: string, count: number) =>
    until(
      `${count} records in ${name}`,
      () => {
        const has = new Set(fixture.lines(name)).size;
        if (has >= count) return true;
        throw new Error(`${has} are there`);
      },
      DEADLINE_MS,
    );

  it('gets each record once and goes on from its committed offset after a stop', async () => {
    const topic = unique('numbers');
    await fixture.createTopic(topic);
    await fixture.produce(topic, 0, 5000);
    const [task] = await fixture.configure(topic, { ...SINK, topics: topic, file: fixture.file(topic) });
    if (task === undefined) throw new Error('no task');
    await first.assign([task]);
    await received(topic, 5000);
    await first.assign([]);
    expect(await fixture.committed(`connect-${topic}`)).toBe(5000);
    await fixture.produce(topic, 5000, 6000);
    await first.assign([task]);
    await received(topic, 6000);
    await first.assign([]);
    expect(values(topic)).toEqual(numbers(6000));
  });

  it('shares partitions with a second task, each record delivered once', async () => {
    const topic = unique('shared');
    await fixture.createTopic(topic, 4);
    await fixture.produce(topic, 0, 2000, 4);
    const tasks = await fixture.configure(topic, { ...SINK, topics: topic, file: fixture.file(topic) }, 2);
    await first.assign(tasks.slice(0, 1));
    await received(topic, 2000);
    await first.assign(tasks);
    await fixture.produce(topic, 2000, 4000, 4);
    await received(topic, 4000);
    await first.assign(tasks.slice(1));
    await fixture.produce(topic, 4000, 6000, 4);
    await received(topic, 6000);
    await first.assign([]);
    expect(inOrder(topic)).toEqual(numbers(6000));
  });

  it('gets the same records again after a retriable error, and loses none', async () => {
    const topic = unique('retries');
    await fixture.createTopic(topic);
    await fixture.produce(topic, 0, 1000);
    const faulty = { fault: 'retriable', 'fault.at': '500', 'fault.times': '3', timeout: '20' };
    const [task] = await fixture.configure(topic, { ...SINK, topics: topic, file: fixture.file(topic), ...faulty });
    if (task === undefined) throw new Error('no task');
    await first.assign([task]);
    await received(topic, 1000);
    expect(values(topic)).toEqual(numbers(1000));
    expect(fixture.statuses.task(task)?.state).toBe('RUNNING');
    await first.assign([]);
  });

  it('fails when put throws, commits what it took before, and goes on from there', async () => {
    const topic = unique('throws');
    await fixture.createTopic(topic);
    await fixture.produce(topic, 0, 1000);
    const config = { ...SINK, topics: topic, file: fixture.file(topic), 'consumer.override.max.poll.records': '100' };
    const [task] = await fixture.configure(topic, { ...config, fault: 'throw', 'fault.at': '300' });
    if (task === undefined) throw new Error('no task');
    await first.assign([task]);
    await fixture.state(task, 'FAILED');
    const trace = fixture.statuses.task(task)?.trace ?? '';
    expect(trace).toMatch(
      /^org\.apache\.kafka\.connect\.errors\.ConnectException: Exiting WorkerSinkTask due to unrecoverable exception\.\n/,
    );
    expect(trace).toContain('Caused by: java.lang.RuntimeException: fault at 300');
    expect(await fixture.committed(`connect-${topic}`)).toBe(300);
    await fixture.configure(topic, config);
    await received(topic, 1000);
    await first.assign([]);
    expect(values(topic)).toEqual(numbers(1000));
  });

  it('reads the same records again when preCommit fails', async () => {
    const topic = unique('rewinds');
    await fixture.createTopic(topic);
    await fixture.produce(topic, 0, 100);
    const faulty = { 'fault.in': 'preCommit', fault: 'throw', 'fault.at': '100' };
    const [task] = await fixture.configure(topic, { ...SINK, topics: topic, file: fixture.file(topic), ...faulty });
    if (task === undefined) throw new Error('no task');
    await first.assign([task]);
    await until('all records twice', () => values(topic).length === 200, DEADLINE_MS);
    expect(values(topic)).toEqual([...numbers(100), ...numbers(100)]);
    await first.assign([]);
    expect(await fixture.committed(`connect-${topic}`)).toBe(100);
  });

  it('delivers nothing while its connector is paused', async () => {
    const topic = unique('paused');
    await fixture.createTopic(topic);
    await fixture.produce(topic, 0, 10);
    const [task] = await fixture.configure(topic, { ...SINK, topics: topic, file: fixture.file(topic) });
    if (task === undefined) throw new Error('no task');
    await first.assign([task]);
    await received(topic, 10);
    await fixture.configWriter.putTargetState(topic, 'PAUSED');
    await fixture.state(task, 'PAUSED');
    await fixture.produce(topic, 10, 20);
    await until(
      'the commit that pausing asks for',
      async () => (await fixture.committed(`connect-${topic}`)) === 10,
      DEADLINE_MS,
    );
    expect(values(topic)).toEqual(numbers(10));
    await fixture.configWriter.putTargetState(topic, 'STARTED');
    await received(topic, 20);
    await first.assign([]);
    expect(values(topic)).toEqual(numbers(20));
  });

  it('skips what cannot be converted where errors are tolerated, and commits past it', async () => {
    const topic = unique('tolerant');
    await fixture.createTopic(topic);
    await fixture.produceValues(topic, ['1', 'no number', '3', 'nor this']);
    const converter = { 'value.converter': 'org.apache.kafka.connect.converters.LongConverter' };
    const config = { ...SINK, topics: topic, file: fixture.file(topic) };
    const json = { 'value.converter': 'Json', 'value.converter.schemas.enable': 'false' };
    const [task] = await fixture.configure(topic, { ...config, ...converter });
    if (task === undefined) throw new Error('no task');
    await first.assign([task]);
    await fixture.state(task, 'FAILED');
    expect(fixture.statuses.task(task)?.trace).toContain('Tolerance exceeded in error handler');
    expect(values(topic)).toEqual([]);

    await fixture.configure(topic, { ...config, ...json, 'errors.tolerance': 'all' });
    await received(topic, 2);
    await first.assign([]);
    expect(values(topic)).toEqual(['1', '3']);
    expect(await fixture.committed(`connect-${topic}`)).toBe(4);
  });

  it('lets the task report a record that it cannot deliver, where errors are tolerated', async () => {
    const topic = unique('errant');
    await fixture.createTopic(topic);
    await fixture.produce(topic, 0, 5);
    const config = { ...SINK, topics: topic, file: fixture.file(topic), reject: '2', 'errors.log.enable': 'true' };
    const [task] = await fixture.configure(topic, config);
    if (task === undefined) throw new Error('no task');
    await first.assign([task]);
    await fixture.state(task, 'FAILED');
    expect(fixture.statuses.task(task)?.trace).toContain('Tolerance exceeded in error handler');

    await fixture.configure(topic, { ...config, 'errors.tolerance': 'all' });
    await received(topic, 4);
    await first.assign([]);
    expect(values(topic)).toEqual(['0', '1', '3', '4']);
  });

  it.each(['hang', 'busy'])(
    'is cut off when put does not end (%s), and another takes its partitions',
    async (fault) => {
      const topic = unique(`cut-${fault}`);
      await fixture.createTopic(topic);
      await fixture.produce(topic, 0, 100);
      const journal = fixture.file(`${topic}-journal`);
      const config = { ...SINK, topics: topic, file: fixture.file(topic), journal };
      const [task] = await fixture.configure(topic, { ...config, fault });
      if (task === undefined) throw new Error('no task');
      await first.assign([task]);
      await until('the partition', () => fixture.lines(`${topic}-journal`).length > 0, DEADLINE_MS);
      await fixture.configure(topic, config);
      await received(topic, 100);
      await first.assign([]);
      expect(values(topic)).toEqual(numbers(100));
    },
  );

  it('calls open, preCommit and close in this order, and stop last', async () => {
    const topic = unique('journal');
    await fixture.createTopic(topic);
    await fixture.produce(topic, 0, 3);
    const journal = fixture.file(`${topic}-journal`);
    await first.assign(await fixture.configure(topic, { ...SINK, topics: topic, file: fixture.file(topic), journal }));
    await received(topic, 3);
    await first.assign([]);
    const lines = fixture.lines(`${topic}-journal`);
    expect(lines[0]).toBe(`open ${topic}-0`);
    expect(lines.slice(-3)).toEqual([`preCommit ${topic}-0 3`, `close ${topic}-0`, 'stop']);
  });
});
