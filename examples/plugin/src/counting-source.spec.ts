import type { OffsetReader, SourceOffset, SourceTaskContext } from '@tributary/connect-api';
import { expect, test } from 'vitest';
import { CountingSourceConnector, CountingSourceTask } from './counting-source.js';

const PROPS = { topic: 'numbers', counters: '3', 'last.number': '4' };

/** A task that finds `offset` stored for each of its counters. */
async function startedTask(offset: SourceOffset | null, props: Record<string, string>): Promise<CountingSourceTask> {
  const offsetReader: OffsetReader = {
    offset: async () => offset,
    offsets: async (partitions) => partitions.map(() => offset),
  };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const { signal } = new AbortController();
  const context: SourceTaskContext = {
    connectorName: 'counting',
    taskId: 0,
    configs: () => props,
    log,
    offsetReader,
    signal,
  };
  const task = new CountingSourceTask();
  task.initialize(context);
  await task.start(props);
  return task;
}

test('counters are shared out to the tasks', () => {
  const connector = new CountingSourceConnector();
  connector.start(PROPS);
  expect(connector.taskConfigs(2).map((config) => config['task.counters'])).toEqual(['0,2', '1']);
  expect(connector.taskConfigs(10)).toHaveLength(3);
});

test('a counter goes on after its stored number and ends at the last', async () => {
  const task = await startedTask({ number: 2 }, { ...PROPS, 'task.counters': '1' });
  const records = await task.poll();
  expect(records?.map(({ key, value }) => [key, value])).toEqual([
    ['1', { counter: 1, number: 3 }],
    ['1', { counter: 1, number: 4 }],
  ]);
  expect(await task.poll()).toBeNull();
});

test('a property that is out of range is refused', () => {
  const errors = new CountingSourceConnector()
    .config()
    .validateAll({ ...PROPS, counters: '0' })
    .get('counters')?.errors;
  expect(errors).toEqual(['Invalid value 0 for configuration counters: Value must be at least 1']);
});
