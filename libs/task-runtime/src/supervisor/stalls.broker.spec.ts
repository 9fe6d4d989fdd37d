import { writeFileSync } from 'node:fs';
import type { TaskId } from '@tributary/kafka-storage';
import { metrics } from '@tributary/observability';
import { until } from '@tributary/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { DEADLINE_MS, ExecutorFixture, unique, type ExecutorHandle } from '../testing/executor-fixture.js';

const SOURCE = { 'connector.class': 'NumberSource', count: '100' };
const SINK = { 'connector.class': 'JournalSink' };

describe('a task that hangs', () => {
  let fixture: ExecutorFixture;
  let first: ExecutorHandle;

  beforeAll(async () => {
    // A sink that has nothing to do waits for records longer than a stall takes to show.
    const properties = { 'errors.stall.timeout.ms': '500', 'offset.flush.interval.ms': '1500' };
    fixture = new ExecutorFixture(inject('bootstrapServers'), properties);
    await fixture.start();
    first = await fixture.executor('first:1');
  });
  afterAll(() => fixture.close());

  const stallOf = (task: TaskId) => fixture.statuses.task(task)?.stalled;
  async function metricOf({ connector, task }: TaskId): Promise<string | undefined> {
    const { body } = await metrics.render();
    const name = `kafka_connect_connector_task_stalled{connector="${connector}",task="${task}"}`;
    return body.split('\n').find((line) => line.startsWith(name));
  }

  async function configured(name: string, config: Record<string, string>): Promise<TaskId> {
    const topic = unique(name);
    await fixture.createTopic(topic);
    await fixture.produce(topic, 0, 10);
    const files = { topic, topics: topic, file: fixture.file(topic), 'fault.until': fixture.file(`${topic}.end`) };
    const { [config['connector.class'] === 'JournalSink' ? 'topic' : 'topics']: _, ...own } = files;
    const [task] = await fixture.configure(topic, { ...own, ...config });
    if (task === undefined) throw new Error('no task');
    return task;
  }
  const waiting = { fault: 'wait' };

  it.each([
    ['start', 'UNASSIGNED', { ...SINK, ...waiting, 'fault.in': 'start' }],
    ['start', 'UNASSIGNED', { ...SOURCE, ...waiting, 'fault.in': 'start' }],
    ['put', 'RUNNING', { ...SINK, ...waiting }],
    ['commit', 'RUNNING', { ...SINK, ...waiting, 'fault.in': 'preCommit' }],
    ['poll', 'RUNNING', { ...SOURCE, ...waiting }],
  ])('says so while its %s does not end, and its idle neighbours are not meant', async (place, state, config) => {
    const task = await configured(place, config);
    const idle = [await configured('idle', SINK), await configured('idle', { ...SOURCE, count: '0' })];
    await first.assign(idle);
    for (const each of idle) await fixture.state(each, 'RUNNING');
    await until('their slow starts to be over', () => !idle.some(stallOf), DEADLINE_MS);
    const seen: TaskId[] = [];
    const unsubscribe = fixture.statuses.subscribe({
      statusChanged: () => void seen.push(...idle.filter(stallOf)),
    });
    const before = Date.now();
    await first.assign([task, ...idle]);
    await until('the stall', () => stallOf(task)?.in === place, DEADLINE_MS);
    expect(fixture.statuses.task(task)).toMatchObject({ state });
    expect(stallOf(task)?.since).toBeGreaterThanOrEqual(before);
    expect(await metricOf(task)).toMatch(/ 1$/);
    writeFileSync(fixture.file(`${task.connector}.end`), '');
    await until('its end', () => stallOf(task) === undefined, DEADLINE_MS);
    await fixture.state(task, 'RUNNING');
    expect(await metricOf(task)).toBeUndefined();
    expect(seen).toEqual([]);
    unsubscribe();
  });

  it('is not looked at where the connector says so, and shows nothing of it once it runs anew', async () => {
    const task = await configured('restarted', { ...SINK, fault: 'hang' });
    const unseen = await configured('unseen', { ...SINK, fault: 'hang', 'errors.stall.timeout.ms': '0' });
    await first.assign([task, unseen]);
    await until('the stall', () => stallOf(task) !== undefined, DEADLINE_MS);
    expect(stallOf(unseen)).toBeUndefined();
    await first.executor.restartTask(task);
    await until('the next run', () => stallOf(task) === undefined, DEADLINE_MS);
    expect(await metricOf(task)).toBeUndefined();
  });
});
