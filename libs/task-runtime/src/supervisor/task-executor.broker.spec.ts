import { NotFoundError } from '@tributary/connect-api';
import { until } from '@tributary/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { DEADLINE_MS, ExecutorFixture, numbers, unique, type ExecutorHandle } from '../testing/executor-fixture.js';

const SOURCE = { 'connector.class': 'NumberSource' };

describe('TaskExecutor', () => {
  let fixture: ExecutorFixture;
  let first: ExecutorHandle;

  beforeAll(async () => {
    fixture = new ExecutorFixture(inject('bootstrapServers'));
    await fixture.start();
    first = await fixture.executor('first:1');
  });
  afterAll(() => fixture.close());

  const starts = (journal: string) => fixture.lines(journal).filter((line) => line.startsWith('start ')).length;

  /** A running task that journals its starts. */
  async function running(name: string, more: Record<string, string> = {}) {
    const topic = unique(name);
    await fixture.createTopic(topic);
    const config = { ...SOURCE, topic, count: '10', journal: fixture.file(topic), ...more };
    const [task] = await fixture.configure(topic, config);
    if (task === undefined) throw new Error('no task');
    return { topic, task };
  }

  it('restarts all tasks, or only failed ones, as a restart request says', async () => {
    const good = await running('good');
    await first.assign([good.task]);
    await fixture.state(good.task, 'RUNNING');
    const request = { connector: good.topic, includeTasks: true };
    await fixture.configWriter.putRestartRequest({ ...request, onlyFailed: true });
    await fixture.configWriter.putRestartRequest({ ...request, onlyFailed: false });
    await until('the second start', () => starts(good.topic) === 2, DEADLINE_MS);

    const bad = await running('bad', { fault: 'throw', 'fault.at': '10' });
    await first.assign([bad.task]);
    await fixture.state(bad.task, 'FAILED');
    const before = starts(bad.topic);
    await fixture.configWriter.putRestartRequest({ connector: bad.topic, includeTasks: true, onlyFailed: true });
    await until('the next start', () => starts(bad.topic) > before, DEADLINE_MS);
    expect(starts(good.topic)).toBe(2);
  });

  it('leaves the tasks alone when a restart request is for the connector only', async () => {
    const { topic, task } = await running('untouched');
    await first.assign([task]);
    await fixture.state(task, 'RUNNING');
    await fixture.configWriter.putRestartRequest({ connector: topic, includeTasks: false, onlyFailed: false });
    await fixture.configWriter.putTargetState(topic, 'PAUSED');
    await fixture.state(task, 'PAUSED');
    expect(starts(topic)).toBe(1);
  });

  it('restarts a task that it runs, and says so where it does not', async () => {
    const { topic, task } = await running('asked');
    await first.assign([task]);
    await fixture.state(task, 'RUNNING');
    await first.executor.restartTask(task);
    await until('the second start', () => starts(topic) === 2, DEADLINE_MS);
    await expect(first.executor.restartTask({ connector: topic, task: 7 })).rejects.toBeInstanceOf(NotFoundError);
  });

  it('takes a task that hangs in start away in good time', async () => {
    const { topic, task } = await running('stuck', { 'fault.in': 'start', fault: 'hang' });
    await first.assign([task]);
    await until('its start', () => fixture.lines(topic).includes('starting'), DEADLINE_MS);
    const began = performance.now();
    await first.assign([]);
    expect(performance.now() - began).toBeLessThan(10_000);
    await fixture.state(task, 'UNASSIGNED');
  });

  it('drops everything when the membership is lost, without a word to the others', async () => {
    const { topic, task } = await running('lost', { count: '1000000', batch: '10', lazy: '5' });
    await first.assign([task]);
    await fixture.state(task, 'RUNNING');
    await first.executor.lost();
    expect(first.executor.runningTasks()).toEqual([]);
    expect(first.executor.hosts.instances).toBe(0);
    await fixture.statuses.refresh();
    expect(fixture.statuses.task(task)?.state).toBe('RUNNING');

    const second = await fixture.executor('second:1');
    await second.assign([task]);
    await fixture.state(task, 'RUNNING', 'second:1');
    await second.assign([]);
    const values = new Set(await fixture.values(topic));
    expect([...values]).toEqual(numbers(values.size));
  });

  it('runs no task of a connector that made more than it may', async () => {
    const topic = unique('many');
    const config = { ...SOURCE, topic, count: '1' };
    const tasks = await fixture.configure(topic, config, 2, 1);
    await first.assign(tasks);
    for (const task of tasks) await fixture.state(task, 'FAILED');
    expect(tasks[0] && fixture.statuses.task(tasks[0])?.trace).toMatch(
      new RegExp(
        `^org\\.apache\\.kafka\\.connect\\.runtime\\.TooManyTasksException: The connector ${topic} has generated 2 tasks, which is greater than 1,`,
      ),
    );
  });

  it('keeps running while a task of another connector comes and goes', async () => {
    const steady = await running('steady');
    await first.assign([steady.task]);
    await fixture.state(steady.task, 'RUNNING');
    const other = await running('other');
    await first.assign([steady.task, other.task]);
    await fixture.state(other.task, 'RUNNING');
    await first.assign([steady.task]);
    await fixture.state(other.task, 'UNASSIGNED');
    expect(starts(steady.topic)).toBe(1);
  });
});
