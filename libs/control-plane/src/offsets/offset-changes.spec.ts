import { WorkerConfig } from '@tributary/config-schemas';
import { kafkaClients } from '@tributary/kafka-client';
import type { ConfigStore, TargetState } from '@tributary/kafka-storage';
import { MINIMAL_WORKER } from '@tributary/testing';
import { beforeEach, expect, it } from 'vitest';
import type { ClusterView } from '../cluster/cluster-view.js';
import { OffsetChanges } from './offset-changes.js';

const PARTITION = { filename: '/a' };
const NOT_STOPPED =
  'Connectors must be in the STOPPED state before their offsets can be modified. This can be done for the specified ' +
  "connector by issuing a 'PUT' request to the '/connectors/c/stop' endpoint";

const WORKER = WorkerConfig.parse(
  {
    ...MINIMAL_WORKER,
  },
  'herder',
  () => undefined,
);

let state: TargetState;
let written: unknown[];
let tasksRun: () => Promise<boolean>;
let alterOffsets: () => Promise<boolean>;

beforeEach(() => {
  state = 'STOPPED';
  written = [];
  tasksRun = async () => false;
  alterOffsets = async () => true;
});

/** For a source connector `c` that has one partition. */
function changes(): OffsetChanges {
  const view: Pick<ClusterView, 'connectorConfig' | 'connectorType'> = {
    connectorConfig: () => ({ name: 'c' }),
    connectorType: () => 'source',
  };
  const snapshot = { targetState: () => state, tasks: () => [] };
  return new OffsetChanges({
    herder: { asLeader: (_stage, change) => change() },
    view: view as ClusterView,
    configs: { snapshot: () => snapshot } as unknown as ConfigStore,
    store: {
      list: async () => [[PARTITION, { position: 1 }]],
      put: async (_name, offsets) => void written.push(...offsets),
      get: async () => [],
      outgoing: () => [],
    },
    inspector: { alterOffsets: () => alterOffsets() },
    zombies: {
      fence: () => Promise.reject(new Error('only with exactly-once support')),
    },
    worker: WORKER,
    clients: {
      ...kafkaClients,
      admin: () => {
        throw new Error('a source needs no admin client');
      },
    },
    tasksRun: () => tasksRun(),
    tasksLimitMs: 50,
  });
}

it('forgets every known partition in a reset', async () => {
  expect(await changes().reset('c')).toBe('The offsets for this connector have been reset successfully');
  expect(written).toEqual([[PARTITION, null]]);
});

it('writes nothing under a connector that was resumed while its own check ran', async () => {
  alterOffsets = async () => {
    state = 'STARTED';
    return true;
  };
  await expect(changes().alter('c', [{ partition: PARTITION, offset: { position: 2 } }])).rejects.toThrow(NOT_STOPPED);
  expect(written).toEqual([]);
});

it('waits for tasks that are still ending', async () => {
  let questions = 0;
  tasksRun = async () => ++questions < 2;
  await changes().alter('c', [{ partition: PARTITION, offset: { position: 2 } }]);
  expect(questions).toBe(2);
  expect(written).toEqual([[PARTITION, { position: 2 }]]);
});

it('gives up on tasks that do not end, and writes nothing', async () => {
  tasksRun = async () => true;
  await expect(changes().reset('c')).rejects.toThrow(
    "Failed to reset offsets for connector c because its tasks haven't stopped completely yet. " +
      'This operation can be safely retried.',
  );
  expect(written).toEqual([]);
});
