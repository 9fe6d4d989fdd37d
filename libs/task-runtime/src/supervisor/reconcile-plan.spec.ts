import type { ClusterConfig, TaskId } from '@tributary/kafka-storage';
import { describe, expect, it } from 'vitest';
import { planReconcile } from './reconcile-plan.js';

/** A cluster of connectors with so many tasks each, all task configs of the given generation. */
function cluster(tasks: Record<string, number>, generation = 1): ClusterConfig {
  const ids = (name: string): TaskId[] =>
    Array.from({ length: tasks[name] ?? 0 }, (_, task) => ({ connector: name, task }));
  return {
    offset: 0,
    connectors: () => Object.keys(tasks),
    connectorConfig: (name) => (name in tasks ? { name } : undefined),
    targetState: () => 'STARTED',
    tasks: ids,
    taskConfig: ({ connector, task }) => (task < (tasks[connector] ?? 0) ? {} : undefined),
    appliedConnectorConfig: () => undefined,
    taskConfigGeneration: () => generation,
    inconsistentConnectors: new Set(),
    sessionKey: undefined,
    taskCountRecord: () => undefined,
    pendingFencing: () => false,
  };
}

const id = (connector: string, task: number): TaskId => ({ connector, task });
const hosted = (task: TaskId, configGeneration = 1) => ({ id: task, configGeneration });
const nothing = { start: [], restart: [], stop: [], remove: [] };

describe('planReconcile', () => {
  it('starts what was gained', () => {
    expect(planReconcile([id('a', 0), id('a', 1)], cluster({ a: 2 }), [hosted(id('a', 0))])).toEqual({
      ...nothing,
      start: [id('a', 1)],
    });
  });

  it('leaves alone what runs as it should', () => {
    expect(planReconcile([id('a', 0)], cluster({ a: 1 }), [hosted(id('a', 0))])).toEqual(nothing);
  });

  it('stops what was given to someone else', () => {
    expect(planReconcile([], cluster({ a: 1 }), [hosted(id('a', 0))])).toEqual({ ...nothing, stop: [id('a', 0)] });
  });

  it('removes what is configured no more, assigned or not', () => {
    const config = cluster({ a: 1 });
    expect(planReconcile([id('a', 1)], config, [hosted(id('a', 1)), hosted(id('b', 0))])).toEqual({
      ...nothing,
      remove: [id('a', 1), id('b', 0)],
    });
  });

  it('restarts what was started with older task configs', () => {
    expect(planReconcile([id('a', 0)], cluster({ a: 1 }, 2), [hosted(id('a', 0), 1)])).toEqual({
      ...nothing,
      restart: [id('a', 0)],
    });
  });

  it('stops rather than restarts a changed task that is not assigned any more', () => {
    expect(planReconcile([], cluster({ a: 1 }, 2), [hosted(id('a', 0), 1)])).toEqual({
      ...nothing,
      stop: [id('a', 0)],
    });
  });

  it('does not start what is assigned but not configured', () => {
    expect(planReconcile([id('b', 0)], cluster({ a: 1 }), [])).toEqual(nothing);
  });
});
