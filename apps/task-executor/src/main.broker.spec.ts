import { DEADLINE_MS, ExecutorFixture, numbers, unique } from '@tributary/task-runtime/testing';
import { freePort, until } from '@tributary/testing';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { ExecutorProcess } from './testing/executor-process.js';

describe('the task executor process', () => {
  let fixture: ExecutorFixture;
  const processes: ExecutorProcess[] = [];

  beforeAll(async () => {
    fixture = new ExecutorFixture(inject('bootstrapServers'), {
      'session.timeout.ms': '6000',
      'heartbeat.interval.ms': '500',
      'offset.flush.interval.ms': '200',
      'rest.advertised.host.name': '127.0.0.1',
      'consumer.session.timeout.ms': '6000',
    });
    await fixture.start();
  });
  afterEach(async () => {
    await Promise.all(processes.splice(0).map((each) => each.end('SIGTERM')));
  });
  afterAll(() => fixture.close());

  function launch(more: Record<string, string> = {}): ExecutorProcess {
    const launched = new ExecutorProcess({ ...fixture.properties, ...more });
    processes.push(launched);
    return launched;
  }

  it('ends with 2 and one line that names the property when its configuration is wrong', async () => {
    const wrong = launch({ 'session.timeout.ms': 'soon' });
    expect(await wrong.exited).toBe(2);
    const fatal = wrong.lines().filter(({ level }) => level === 'fatal');
    expect(fatal).toHaveLength(1);
    expect(fatal[0]?.msg).toContain('session.timeout.ms');
    expect(fatal[0]?.msg).toContain('soon');
  });

  it('ends with 3 and one line that names bootstrap.servers when no broker answers', async () => {
    const lonely = launch({ 'bootstrap.servers': `127.0.0.1:${await freePort()}` });
    expect(await lonely.exited).toBe(3);
    expect(lonely.lines().find(({ level }) => level === 'fatal')?.msg).toContain('bootstrap.servers');
  }, 40_000);

  it('runs the tasks of the group, tells how it is, and takes no orders from strangers', async () => {
    const executor = launch();
    const url = await executor.ready();
    const topic = unique('app');
    await fixture.createTopic(topic);
    const [task] = await fixture.configure(topic, { 'connector.class': 'NumberSource', topic, count: '100' });
    if (task === undefined) throw new Error('no task');
    await fixture.state(task, 'RUNNING', executor.workerId);
    await until('all numbers', async () => (await fixture.values(topic)).length === 100, DEADLINE_MS);
    expect(await fixture.values(topic)).toEqual(numbers(100));

    expect((await fetch(`${url}/health`)).status).toBe(200);
    const restart = await fetch(`${url}/internal/tasks/${topic}/0/restart`, { method: 'POST' });
    expect(restart.status).toBe(403);
    await until(
      'its metrics',
      async () => {
        const text = await (await fetch(`${url}/metrics`)).text();
        return text.includes(`source_record_write_total{connector="${topic}",task="0"} 100`);
      },
      DEADLINE_MS,
    );
    await fixture.configWriter.removeConnector(topic);
  });

  it('hands its tasks over at SIGTERM without a record lost or written twice', async () => {
    const topic = unique('drained');
    await fixture.createTopic(topic);
    const first = launch();
    await first.ready();
    const config = { 'connector.class': 'NumberSource', topic, count: '1000000', batch: '20', lazy: '2' };
    const [task] = await fixture.configure(topic, config);
    if (task === undefined) throw new Error('no task');
    await fixture.state(task, 'RUNNING', first.workerId);
    const second = launch();
    await second.ready();
    await until('some numbers', async () => (await fixture.values(topic)).length > 500, DEADLINE_MS);
    expect(await first.end('SIGTERM')).toBe(0);
    const atEnd = (await fixture.values(topic)).length;
    await fixture.state(task, 'RUNNING', second.workerId);
    await until('more numbers', async () => (await fixture.values(topic)).length > atEnd + 500, DEADLINE_MS);
    expect(await second.end('SIGTERM')).toBe(0);
    await fixture.state(task, 'UNASSIGNED');
    const values = await fixture.values(topic);
    expect(values).toEqual(numbers(values.length));
    await fixture.configWriter.removeConnector(topic);
  });

  it('loses no record when it is killed: its tasks go on elsewhere', async () => {
    const topic = unique('killed');
    const input = unique('killed-input');
    await fixture.createTopic(topic);
    await fixture.createTopic(input, 2);
    const victim = launch();
    const survivor = launch();
    await Promise.all([victim.ready(), survivor.ready()]);
    const file = fixture.file(topic);
    const source = { 'connector.class': 'NumberSource', topic, count: '1000000', batch: '20', lazy: '2' };
    const sink = { 'connector.class': 'JournalSink', topics: input, file };
    const tasks = [...(await fixture.configure(topic, source)), ...(await fixture.configure(input, sink, 2))];
    for (const task of tasks) await fixture.state(task, 'RUNNING');
    await fixture.produce(input, 0, 1000, 2);
    const received = (count: number) =>
      until(
        `${count} numbers in the file`,
        () => new Set(fixture.lines(topic).map((line) => line.split(' ')[1])).size >= count,
        30_000,
      );
    await received(1000);
    await until('some numbers', async () => (await fixture.values(topic)).length > 500, DEADLINE_MS);

    await victim.end('SIGKILL');
    await fixture.produce(input, 1000, 2000, 2);
    for (const task of tasks) await fixture.state(task, 'RUNNING', survivor.workerId);
    await received(2000);
    const before = (await fixture.values(topic)).length;
    await until('more numbers', async () => (await fixture.values(topic)).length > before + 500, DEADLINE_MS);
    await survivor.end('SIGTERM');
    const written = new Set((await fixture.values(topic)).map(Number));
    expect([...written].sort((a, b) => a - b)).toEqual(Array.from({ length: written.size }, (_, number) => number));
    const taken = new Set(fixture.lines(topic).map((line) => line.split(' ')[1]));
    expect(taken.size).toBe(2000);
  });
});
