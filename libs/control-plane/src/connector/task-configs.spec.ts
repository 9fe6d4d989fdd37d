import type { ClusterConfig, ConnectorConfig, TaskConfig } from '@tributary/kafka-storage';
import { expect, it } from 'vitest';
import { mustPublish, storedTaskConfigs } from './task-configs.js';

const generated = { taskClass: 'Task', configs: [{ a: '1' }, { a: '2' }], tasksMax: 2, enforceTasksMax: true };

it('adds the task class to what the connector returned', () => {
  expect(storedTaskConfigs('c', {}, generated)).toEqual([
    { a: '1', 'task.class': 'Task' },
    { a: '2', 'task.class': 'Task' },
  ]);
});

it("gives tasks the connector's topics", () => {
  const of = (config: ConnectorConfig) =>
    storedTaskConfigs('c', config, { ...generated, configs: [{ topics: 'x' }] })[0];
  expect(of({ topics: 'a,b' })).toEqual({ topics: 'a,b', 'task.class': 'Task' });
  expect(of({ 'topics.regex': 'a.*' })).toEqual({ topics: 'x', 'topics.regex': 'a.*', 'task.class': 'Task' });
});

it('refuses more tasks than tasks.max, unless that is not enforced', () => {
  const many = { ...generated, tasksMax: 1 };
  expect(() => storedTaskConfigs('c', {}, many)).toThrow(
    'The connector c has generated 2 tasks, which is greater than 1, the maximum number of tasks it is configured to ' +
      'create. This behaviour should be considered a bug and is disallowed. If necessary, it can be permitted by ' +
      "reconfiguring the connector with 'tasks.max.enforce' set to false; however, this option will be removed in a " +
      'future release of Kafka Connect.',
  );
  expect(storedTaskConfigs('c', {}, { ...many, enforceTasksMax: false })).toHaveLength(2);
});

interface Stored {
  tasks: readonly TaskConfig[];
  config?: ConnectorConfig;
  applied?: ConnectorConfig;
  inconsistent?: boolean;
}

function snapshot({ tasks, config = { v: '1' }, applied = config, inconsistent = false }: Stored): ClusterConfig {
  return {
    offset: 0,
    connectors: () => ['c'],
    connectorConfig: () => config,
    targetState: () => 'STARTED',
    tasks: () => tasks.map((_, task) => ({ connector: 'c', task })),
    taskConfig: ({ task }) => tasks[task],
    appliedConnectorConfig: () => applied,
    taskConfigGeneration: () => 1,
    taskCountRecord: () => undefined,
    pendingFencing: () => false,
    inconsistentConnectors: new Set(inconsistent ? ['c'] : []),
    sessionKey: undefined,
  };
}

it.each<[string, boolean, Stored, readonly TaskConfig[]]>([
  ['nothing when all is as stored', false, { tasks: [{ a: '1' }] }, [{ a: '1' }]],
  ['a changed value', true, { tasks: [{ a: '1' }] }, [{ a: '2' }]],
  ['a removed property', true, { tasks: [{ a: '1', b: '2' }] }, [{ a: '1' }]],
  ['a further task', true, { tasks: [{ a: '1' }] }, [{ a: '1' }, { a: '2' }]],
  ['fewer tasks', true, { tasks: [{ a: '1' }, { a: '2' }] }, [{ a: '1' }]],
  ['tasks made from another config', true, { tasks: [{ a: '1' }], applied: { v: '0' } }, [{ a: '1' }]],
  ['an incomplete set', true, { tasks: [], inconsistent: true }, []],
])('publishes %s: %s', (_, expected, stored, configs) => {
  expect(mustPublish(snapshot(stored), 'c', configs)).toBe(expected);
});
