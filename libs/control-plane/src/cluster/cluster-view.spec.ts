import type { ConfigStore, StatusStore } from '@tributary/kafka-storage';
import { expect, it } from 'vitest';
import { ClusterView } from './cluster-view.js';

const unused = () => {
  throw new Error('not to be called');
};

/** Stores whose refreshes end when the test says so, and that know of nothing. */
function emptyStores() {
  const pending: (() => void)[] = [];
  const refresh = () => new Promise<void>((resolve) => pending.push(resolve));
  const configs: ConfigStore = {
    start: unused,
    stop: unused,
    subscribe: unused,
    refresh,
    snapshot: () => ({
      offset: 0,
      connectors: () => [],
      connectorConfig: () => undefined,
      targetState: () => undefined,
      tasks: () => [],
      taskConfig: () => undefined,
      appliedConnectorConfig: () => undefined,
      taskConfigGeneration: () => 0,
      taskCountRecord: () => undefined,
      pendingFencing: () => false,
      inconsistentConnectors: new Set(),
      sessionKey: undefined,
    }),
  };
  const statuses: StatusStore = {
    start: unused,
    stop: unused,
    subscribe: unused,
    refresh: async () => undefined,
    connector: () => undefined,
    task: () => undefined,
    tasks: () => [],
    connectors: () => [],
    activeTopics: () => [],
    putConnector: unused,
    putTask: unused,
    putConnectorSafe: unused,
    putTaskSafe: unused,
    putTopic: unused,
    resetTopics: unused,
  };
  return { view: new ClusterView(configs, statuses, () => 'unknown'), pending };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('shares a refresh among those who wait, but never one that had begun before they came', async () => {
  const { view, pending } = emptyStores();
  const ended: string[] = [];
  const first = view.refresh().then(() => ended.push('first'));
  const [second, third] = ['second', 'third'].map((name) => view.refresh().then(() => ended.push(name)));
  expect(pending).toHaveLength(1);
  pending[0]?.();
  await first;
  await turn();
  expect([ended, pending.length]).toEqual([['first'], 2]);
  pending[1]?.();
  await Promise.all([second, third]);
  expect(ended).toEqual(['first', 'second', 'third']);
});

it('refuses unknown names with the texts that clients know', () => {
  const { view } = emptyStores();
  expect(() => view.connectorInfo('c')).toThrow('Connector c not found');
  expect(() => view.connectorConfig('c')).toThrow('Connector c not found');
  expect(() => view.taskInfos('c')).toThrow('Connector c not found');
  expect(() => view.connectorStatus('c')).toThrow('No status found for connector c');
  expect(() => view.taskStatus({ connector: 'c', task: 1 })).toThrow('No status found for task c-1');
  expect(view.activeTopics('c')).toEqual([]);
});
