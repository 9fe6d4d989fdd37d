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
    autoRestart: () => undefined,
    autoRestarts: () => [],
    putAutoRestart: unused,
  };
  return { view: new ClusterView(configs, statuses, () => 'unknown'), pending };
}

/** Long enough for a refresh that may begin to have begun. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

it('shares a refresh among those who wait, but never one that had begun before they came', async () => {
  const { view, pending } = emptyStores();
  const ended: string[] = [];
  const wait = (name: string) => view.refresh().then(() => ended.push(name));
  const [first, second] = [wait('first'), wait('second')];
  await turns();
  expect(pending).toHaveLength(1);
  const [third, fourth] = [wait('third'), wait('fourth')];
  await turns();
  expect(pending).toHaveLength(1);
  pending[0]?.();
  await Promise.all([first, second]);
  await turns();
  expect([ended, pending.length]).toEqual([['first', 'second'], 2]);
  pending[1]?.();
  await Promise.all([third, fourth]);
  expect(ended).toEqual(['first', 'second', 'third', 'fourth']);
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
