import { ClusterMembership } from '@tributary/group-membership';
import { kafkaClients } from '@tributary/kafka-client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually, HerderRig, type RigHerder } from '../test/herder-rig.js';
import type { ConnectorLauncher } from './connector/launcher.js';

/** Connectors that do nothing but make one task. */
const idle: ConnectorLauncher = {
  versionOf: () => '1.0',
  launch: async () => ({
    version: '1.0',
    start: async () => undefined,
    taskConfigs: async () => ({ taskClass: 'test.Task', configs: [{}], tasksMax: 1, enforceTasksMax: true }),
    destroy: async () => undefined,
  }),
};

let rig: HerderRig;
const memberships: ClusterMembership[] = [];
beforeEach(() => {
  rig = new HerderRig();
});
afterEach(async () => {
  await Promise.all(memberships.splice(0).map((membership) => membership.stop()));
  await rig.dispose();
});

async function join(workerId: string): Promise<{ one: RigHerder; membership: ClusterMembership }> {
  const one = await rig.herder(workerId, idle);
  const membership = new ClusterMembership({
    clients: kafkaClients,
    properties: rig.membershipProperties,
    role: 'herder',
    workerId,
    url: `http://${workerId}/`,
    configStore: one.configs,
    runningTasks: () => [],
    listener: {
      assigned: async (assignment) => one.herder.assigned(assignment),
      lost: () => one.herder.lost(),
    },
  });
  memberships.push(membership);
  await membership.start();
  return { one, membership };
}

it('is led by the herder that the group names; when that one leaves, the next takes over what it ran', async () => {
  const first = await join('one:1');
  await eventually(() => expect(first.one.herder.leading).toBe(true));
  await first.one.herder.createConnector('c', {});
  await eventually(() => expect(first.one.view.connectorStatus('c').connector.state).toBe('RUNNING'));
  const second = await join('two:2');
  expect(second.one.herder.leading).toBe(false);
  await expect(second.one.herder.pauseConnector('c')).rejects.toMatchObject({ leaderUrl: 'http://one:1/' });

  await first.one.herder.stop();
  await first.membership.stop();
  await eventually(() => expect(second.one.herder.leading).toBe(true));
  await eventually(() =>
    expect(second.one.view.connectorStatus('c').connector).toMatchObject({ state: 'RUNNING', worker_id: 'two:2' }),
  );
  await second.one.herder.pauseConnector('c');
  await eventually(() => expect(second.one.view.connectorStatus('c').connector.state).toBe('PAUSED'));
});

it('carries a hundred connectors over to the next leader', async () => {
  const first = await join('one:1');
  await eventually(() => expect(first.one.herder.leading).toBe(true));
  const names = Array.from({ length: 100 }, (_, n) => `c${n}`);
  await Promise.all(names.map((name) => first.one.herder.createConnector(name, {})));
  await eventually(() => expect(names.every((name) => first.one.view.taskInfos(name).length === 1)).toBe(true));
  const second = await join('two:2');
  await first.one.herder.stop();
  await first.membership.stop();
  const runsThere = (name: string): boolean => {
    const status = second.one.statuses.connector(name);
    return status?.state === 'RUNNING' && status.workerId === 'two:2';
  };
  await eventually(() => expect(names.filter((name) => !runsThere(name))).toEqual([]));
});

it('says of a change in whose midst its leadership ended that it may have been made', async () => {
  const { herder, lead } = await rig.herder('one:1', idle);
  lead(1);
  let began: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => (began = resolve));
  const never = new Promise<never>(() => undefined);
  const endless = herder.asLeader('changing forever', () => {
    began();
    return never;
  });
  const waiting = herder.asLeader('waiting for that', async () => undefined);
  const refusals = Promise.all([endless, waiting].map((change) => change.catch((error: unknown) => error)));
  await begun;
  void herder.lost();
  expect(await refusals).toMatchObject([{ undecided: true }, { undecided: false }]);
});

it('restarts a connector as soon as it has taken over', async () => {
  const first = await rig.herder('one:1', idle);
  first.lead(1);
  await first.herder.createConnector('c', {});
  const second = await rig.herder('two:2', idle);
  await eventually(() => expect(second.view.has('c')).toBe(true));
  second.lead(2);
  await second.herder.restartConnector('c');
  await eventually(() =>
    expect(second.view.connectorStatus('c').connector).toMatchObject({ state: 'RUNNING', worker_id: 'two:2' }),
  );
});

it('says of a restart that its leadership ended in its midst', async () => {
  let starting: () => void = () => undefined;
  const started = new Promise<void>((resolve) => (starting = resolve));
  const { herder, lead } = await rig.herder('one:1', {
    ...idle,
    launch: async (...launch) => ({
      ...(await idle.launch(...launch)),
      start: () => {
        starting();
        return new Promise(() => undefined);
      },
    }),
  });
  lead(1);
  await herder.createConnector('c', {});
  const refused = herder.restartConnector('c').catch((error: unknown) => error);
  await started;
  void herder.lost();
  expect(await refused).toMatchObject({ undecided: true });
});
