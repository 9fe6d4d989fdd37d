import type { TaskId } from '@tributary/kafka-storage';
import { metrics } from '@tributary/observability';
import { until } from '@tributary/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { DEADLINE_MS, ExecutorFixture, unique, type ExecutorHandle } from '../testing/executor-fixture.js';

describe.each([
  ['at least once', {}],
  ['exactly once', { 'exactly.once.source.support': 'enabled' }],
])('a source with a dead letter queue, %s', (_mode, properties) => {
  let fixture: ExecutorFixture;
  let executor: ExecutorHandle;

  beforeAll(async () => {
    fixture = new ExecutorFixture(inject('bootstrapServers'), properties);
    await fixture.start();
    executor = await fixture.executor('first:1');
  });
  afterAll(() => fixture.close());

  function source(name: string, more: Record<string, string>) {
    const topic = unique(name);
    const config = {
      'connector.class': 'ConfirmingSource',
      topic,
      count: '5',
      journal: fixture.file(topic),
      'errors.tolerance': 'all',
      'errors.deadletterqueue.topic.name': `${topic}-dead`,
      'errors.deadletterqueue.topic.replication.factor': '1',
      'errors.deadletterqueue.context.headers.enable': 'true',
      ...more,
    };
    return { topic, dead: `${topic}-dead`, config };
  }

  async function run(name: string, config: Record<string, string>): Promise<TaskId> {
    const [task] = await fixture.configure(name, config);
    if (task === undefined) throw new Error('no task');
    await executor.assign([task]);
    return task;
  }

  const written = (topic: string) => fixture.values(topic, 'read_committed');
  const journal = (topic: string, wanted: string) =>
    until(`${wanted} in the journal`, () => fixture.lines(topic).includes(wanted), DEADLINE_MS);

  it('writes there what cannot be converted, and its offset moves on', async () => {
    const { topic, dead, config } = source('converted', { poison: '2' });
    await fixture.createTopic(topic);
    await run(topic, config);
    await journal(topic, 'commit');
    await executor.assign([]);
    expect(await written(topic)).toEqual(['0', '1', '3', '4']);
    const letters = await fixture.records(dead);
    expect(letters.map(({ key, value }) => [key, String(value)])).toEqual([
      [null, '{"schema":null,"payload":"[unreadable: Error: poison]"}'],
    ]);
    const told = Object.fromEntries((letters[0]?.headers ?? []).map(({ key, value }) => [key, String(value)]));
    expect(told).toMatchObject({
      '__connect.errors.topic': topic,
      '__connect.errors.source.partition': `{"numbers":"${topic}"}`,
      '__connect.errors.source.offset': '{"next":3}',
      '__connect.errors.stage': 'VALUE_CONVERTER',
    });
    await run(topic, config);
    await journal(topic, 'start 5');
    await executor.assign([]);
    expect(await fixture.records(dead)).toHaveLength(1);
  });

  it('fails where the queue refuses the record, and reads it again', async () => {
    const { topic, dead, config } = source('lost', { poison: '2' });
    await fixture.createTopic(topic);
    const task = await run(topic, { ...config, 'producer.override.max.request.size': '500' });
    await fixture.state(task, 'FAILED');
    expect(fixture.statuses.task(task)?.trace).toContain(
      `Could not produce message to dead letter queue. topic=${dead}`,
    );
    expect(await fixture.records(dead)).toEqual([]);
    await run(topic, config);
    await until('the letter', async () => (await fixture.records(dead)).length === 1, DEADLINE_MS);
    await executor.assign([]);
    expect(fixture.lines(topic).filter((line) => line.startsWith('start '))).toEqual(['start 0', 'start 0']);
    expect(new Set(await written(topic))).toEqual(new Set(['0', '1', '3', '4']));
  });
});

describe('an exactly-once source with a dead letter queue that is slow', () => {
  let fixture: ExecutorFixture;
  let executor: ExecutorHandle;

  beforeAll(async () => {
    fixture = new ExecutorFixture(inject('bootstrapServers'), { 'exactly.once.source.support': 'enabled' });
    await fixture.start();
    executor = await fixture.executor('first:1');
  });
  afterAll(() => fixture.close());

  async function slow(name: string, more: Record<string, string> = {}) {
    const topic = unique(name);
    const config = {
      'connector.class': 'NumberSource',
      topic,
      count: '5',
      poison: '2',
      journal: fixture.file(topic),
      'errors.tolerance': 'all',
      'errors.deadletterqueue.topic.name': `${topic}-dead`,
      'errors.deadletterqueue.topic.replication.factor': '1',
      // The producer of the queue waits so long for more; that of the transaction does not, once it is to be committed.
      'producer.override.linger.ms': '60000',
      ...more,
    };
    await fixture.createTopic(topic);
    const [task] = await fixture.configure(topic, config);
    if (task === undefined) throw new Error('no task');
    await executor.assign([task]);
    return { topic, task, config };
  }

  it('fails when its transaction has no more time, and the next run has every record once', async () => {
    const { topic, task, config } = await slow('late', { 'producer.override.transaction.timeout.ms': '2000' });
    await fixture.state(task, 'FAILED');
    const { trace = '' } = fixture.statuses.task(task) ?? {};
    expect(trace).toContain(`ConnectException: Failed to flush offsets and/or records for task ${topic}-0\n`);
    expect(trace).toContain('reports of failed records were not safe within 2000 ms');
    expect(await fixture.values(topic, 'read_committed')).toEqual([]);
    await executor.assign(await fixture.configure(topic, { ...config, 'producer.override.linger.ms': '0' }));
    await until('all', async () => (await fixture.values(topic, 'read_committed')).length === 4, DEADLINE_MS);
    await executor.assign([]);
    expect(fixture.lines(topic).filter((line) => line.startsWith('start '))).toEqual(['start 0', 'start 0']);
    expect(await fixture.values(topic, 'read_committed')).toEqual(['0', '1', '3', '4']);
  });

  it('stops in good order all the same: its letter is written, and nothing is committed', async () => {
    const { topic } = await slow('stopped');
    const requests = `deadletterqueue_produce_requests{connector="${topic}",task="0"} 1`;
    await until(
      'the letter to be on its way',
      async () => (await metrics.render()).body.includes(requests),
      DEADLINE_MS,
    );
    await executor.assign([]);
    expect(fixture.lines(topic)).toContain('stop');
    expect(await fixture.records(`${topic}-dead`)).toHaveLength(1);
    expect(await fixture.values(topic, 'read_committed')).toEqual([]);
  });
});

describe('a source with a dead letter queue', () => {
  let fixture: ExecutorFixture;

  beforeAll(async () => {
    fixture = new ExecutorFixture(inject('bootstrapServers'));
    await fixture.start();
  });
  afterAll(() => fixture.close());

  it('writes there what Kafka refuses, where the queue takes it', async () => {
    const topic = unique('refused');
    const dead = `${topic}-dead`;
    await fixture.createTopic(topic);
    await fixture.createTopic(dead, 1, { 'max.message.bytes': '5000000' });
    const executor = await fixture.executor('first:1');
    await executor.assign(
      await fixture.configure(topic, {
        'connector.class': 'ConfirmingSource',
        topic,
        count: '5',
        large: '2',
        journal: fixture.file(topic),
        'producer.override.max.request.size': '5000000',
        'errors.tolerance': 'all',
        'errors.deadletterqueue.topic.name': dead,
        'errors.deadletterqueue.context.headers.enable': 'true',
      }),
    );
    await until('the others', async () => (await fixture.values(topic)).length === 4, DEADLINE_MS);
    await until('a commit', () => fixture.lines(topic).includes('commit'), DEADLINE_MS);
    await executor.assign([]);
    const [letter, ...more] = await fixture.records(dead);
    expect(more).toEqual([]);
    expect(String(letter?.value)).toBe(`{"schema":null,"payload":"${'x'.repeat(2_000_000)}"}`);
    const told = Object.fromEntries((letter?.headers ?? []).map(({ key, value }) => [key, String(value)]));
    expect(told).toMatchObject({
      '__connect.errors.stage': 'KAFKA_PRODUCE',
      '__connect.errors.exception.class.name': 'org.apache.kafka.common.errors.RecordTooLargeException',
    });
    expect(fixture.lines(topic).filter((line) => line.endsWith('nowhere'))).toHaveLength(1);
  });
});
