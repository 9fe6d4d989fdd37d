import type { ConnectorConfig } from '@tributary/kafka-storage';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually, executor, HerderRig } from '../test/herder-rig.js';
import type { ConnectorEvents, ConnectorLauncher, LaunchedConnector } from './connector/launcher.js';

/** Connectors that make as many tasks as their property `tasks` says; it notes which run. */
class CountingLauncher implements ConnectorLauncher {
  readonly running = new Set<string>();
  readonly events = new Map<string, ConnectorEvents>();
  launches = 0;

  versionOf(): string {
    return '1.0';
  }

  async launch(name: string, config: ConnectorConfig, events: ConnectorEvents): Promise<LaunchedConnector> {
    this.launches++;
    this.running.add(name);
    this.events.set(name, events);
    return {
      version: '1.0',
      start: async () => {
        if (config.start === 'throw') throw new Error('told to throw');
      },
      taskConfigs: async () => ({
        taskClass: 'test.Task',
        configs: Array.from({ length: Number(config.tasks ?? 1) }, (_, n) => ({ number: String(n) })),
        tasksMax: Number(config['tasks.max'] ?? 1),
        enforceTasksMax: true,
      }),
      destroy: async () => void this.running.delete(name),
    };
  }
}

let rig: HerderRig;
beforeEach(() => {
  rig = new HerderRig();
});
afterEach(() => rig.dispose());

async function leader(launcher = new CountingLauncher()) {
  const one = await rig.herder('one:1', launcher);
  one.lead(1);
  return { ...one, launcher };
}

const task = (n: number) => ({ connector: 'c', task: n });

it('creates a connector: stored, RUNNING, its tasks in the config topic', async () => {
  const { herder, view } = await leader();
  const info = await herder.createConnector(' c ', { tasks: '2', 'tasks.max': '2' });
  const config = { tasks: '2', 'tasks.max': '2', name: 'c' };
  expect(info).toEqual({ name: 'c', config, tasks: [], type: 'source' });
  await eventually(() => expect(view.taskInfos('c')).toHaveLength(2));
  expect(view.taskInfos('c')[1]).toEqual({ id: task(1), config: { number: '1', 'task.class': 'test.Task' } });
  await eventually(() =>
    expect(view.connectorStatus('c').connector).toEqual({ state: 'RUNNING', worker_id: 'one:1', version: '1.0' }),
  );
});

it('refuses a name that exists, after the config is checked', async () => {
  const one = await rig.herder('one:1', new CountingLauncher(), async (config) =>
    config.bad === undefined ? undefined : 'bad is bad',
  );
  one.lead(1);
  await one.herder.createConnector('c', {});
  await expect(one.herder.createConnector('c', {})).rejects.toThrow('Connector c already exists');
  await expect(one.herder.createConnector('c', { bad: '1' })).rejects.toThrow('bad is bad');
  await expect(one.herder.putConnectorConfig('c', { bad: null })).rejects.toThrow('bad is bad');
});

it('says whether a put created or changed the connector, and restarts it with its tasks', async () => {
  const { herder, view, launcher } = await leader();
  expect((await herder.putConnectorConfig('c', { a: '1' })).created).toBe(true);
  await eventually(() => expect(view.taskInfos('c')).toHaveLength(1));
  const changed = await herder.putConnectorConfig('c', { a: '1', tasks: '2', 'tasks.max': '2' });
  expect([changed.created, changed.info.tasks]).toEqual([false, [task(0)]]);
  await eventually(() => expect(view.taskInfos('c')).toHaveLength(2));
  expect(launcher.launches).toBe(2);
});

it('patches a config', async () => {
  const { herder } = await leader();
  await herder.createConnector('c', { a: '1', b: '2' });
  const info = await herder.patchConnectorConfig('c', { b: null, d: '3' });
  expect(info.config).toEqual({ a: '1', d: '3', name: 'c' });
  await expect(herder.patchConnectorConfig('x', {})).rejects.toThrow('Connector x not found');
});

it('pauses, resumes and stops: the tasks stay paused and go when stopped', async () => {
  const { herder, view, launcher } = await leader();
  await herder.createConnector('c', {});
  await eventually(() => expect(view.taskInfos('c')).toHaveLength(1));
  await herder.pauseConnector('c');
  await eventually(() => expect(view.connectorStatus('c').connector.state).toBe('PAUSED'));
  expect([launcher.running.size, view.taskInfos('c').length]).toEqual([0, 1]);
  await herder.resumeConnector('c');
  await eventually(() => expect(view.connectorStatus('c').connector.state).toBe('RUNNING'));
  await herder.stopConnector('c');
  expect(view.taskInfos('c')).toEqual([]);
  await eventually(() => expect(view.connectorStatus('c').connector.state).toBe('STOPPED'));
  await herder.resumeConnector('c');
  await eventually(() => expect(view.taskInfos('c')).toHaveLength(1));
});

it('creates a connector STOPPED, with no tasks, or PAUSED', async () => {
  const { herder, view, launcher } = await leader();
  await herder.createConnector('c', {}, 'STOPPED');
  await herder.createConnector('d', {}, 'PAUSED');
  await eventually(() => expect(view.connectorStatus('c').connector.state).toBe('STOPPED'));
  await eventually(() => expect(view.connectorStatus('d').connector.state).toBe('PAUSED'));
  expect([launcher.launches, view.taskInfos('c')]).toEqual([0, []]);
});

it('deletes a connector: its instance ends, its statuses go', async () => {
  const { herder, view, statuses, launcher } = await leader();
  await herder.createConnector('c', {});
  await eventually(() => expect(view.connectorStatus('c').connector.state).toBe('RUNNING'));
  await statuses.putTask(task(0), { state: 'RUNNING', trace: null, workerId: 'e:1', generation: 1, version: '1' });
  await statuses.putTopic('c', 0, 'lines');
  await herder.deleteConnector('c');
  expect(view.connectorNames()).toEqual([]);
  await eventually(() => expect(statuses.connectors()).toEqual([]));
  await eventually(() => expect([view.activeTopics('c'), launcher.running.size]).toEqual([[], 0]));
  await expect(herder.deleteConnector('c')).rejects.toThrow('Connector c not found');
});

it('removes what a task of a deleted connector reports too late', async () => {
  const { herder, statuses } = await leader();
  await herder.createConnector('c', {}, 'STOPPED');
  await herder.deleteConnector('c');
  await statuses.putTask(task(0), { state: 'RUNNING', trace: null, workerId: 'e:1', generation: 1, version: '1' });
  await statuses.refresh();
  await eventually(() => expect(statuses.connectors()).toEqual([]));
});

it('refuses what concerns an unknown connector or task with the texts that clients know', async () => {
  const { herder } = await leader();
  await expect(herder.pauseConnector('c')).rejects.toThrow('Unknown connector c');
  await expect(herder.stopConnector('c')).rejects.toThrow('Unknown connector c');
  await expect(herder.restartConnector('c')).rejects.toThrow('Unknown connector: c');
  const plan = { includeTasks: true, onlyFailed: false };
  await expect(herder.restartConnectorAndTasks('c', plan)).rejects.toThrow('Unknown connector: c');
  await expect(herder.restartTask(task(0))).rejects.toThrow('Unknown connector: c');
  await herder.createConnector('c', {}, 'STOPPED');
  await expect(herder.restartTask(task(5))).rejects.toThrow('Unknown task: c-5');
});

it('shows a connector that cannot start as FAILED, until it is restarted', async () => {
  const { herder, view } = await leader();
  await herder.createConnector('c', { start: 'throw' });
  await eventually(() => expect(view.connectorStatus('c').connector.state).toBe('FAILED'));
  expect(view.connectorStatus('c').connector.trace).toContain('told to throw');
  await expect(herder.restartConnector('c')).rejects.toThrow('Failed to start connector: c');
  await herder.putConnectorConfig('c', {});
  await eventually(() => expect(view.connectorStatus('c').connector.state).toBe('RUNNING'));
});

it('fails a connector that makes too many tasks, and leaves the tasks alone', async () => {
  const { herder, view } = await leader();
  await herder.createConnector('c', {});
  await eventually(() => expect(view.taskInfos('c')).toHaveLength(1));
  await herder.putConnectorConfig('c', { tasks: '3' });
  await eventually(() => expect(view.connectorStatus('c').connector.state).toBe('FAILED'));
  expect(view.connectorStatus('c').connector.trace).toMatch(
    /^org\.apache\.kafka\.connect\.runtime\.TooManyTasksException: The connector c has generated 3 tasks/,
  );
  expect(view.taskInfos('c')).toHaveLength(1);
});

it('restarts by request: answers with the plan, writes the record, restarts the connector it runs', async () => {
  const { herder, view, statuses, launcher, configs, lead } = await leader();
  lead(2, [executor('e:1', task(0))]);
  await herder.createConnector('c', {});
  await eventually(() => expect(view.connectorStatus('c').connector.state).toBe('RUNNING'));
  const status = { trace: 'boom', workerId: 'e:1', generation: 1, version: '1' };
  await statuses.putTask(task(0), { ...status, state: 'FAILED' });
  const requests: unknown[] = [];
  configs.subscribe({ restartRequested: (request) => requests.push(request) });
  const answer = await herder.restartConnectorAndTasks('c', { includeTasks: true, onlyFailed: true });
  expect(answer.connector.state).toBe('RUNNING');
  expect(answer.tasks).toEqual([{ id: 0, state: 'RESTARTING', worker_id: 'e:1', version: '1', trace: 'boom' }]);
  expect(requests).toEqual([{ connector: 'c', includeTasks: true, onlyFailed: true }]);
  expect(launcher.launches).toBe(1);
  const all = await herder.restartConnectorAndTasks('c', { includeTasks: false, onlyFailed: false });
  expect(all.connector.state).toBe('RESTARTING');
  await eventually(() => expect(launcher.launches).toBe(2));
  await eventually(() => expect(view.connectorStatus('c').connector.state).toBe('RUNNING'));
});

it('names the executor that runs a task', async () => {
  const { herder, view, lead } = await leader();
  await herder.createConnector('c', {});
  await eventually(() => expect(view.taskInfos('c')).toHaveLength(1));
  await expect(herder.restartTask(task(0))).rejects.toThrow('no executor runs it at the moment');
  lead(2, [executor('e:1', task(0))]);
  await expect(herder.restartTask(task(0))).resolves.toBe('http://e:1/');
});

it('marks tasks that nobody runs, but not one that its owner is about to hand over', async () => {
  const { herder, view, statuses, lead } = await leader();
  await herder.createConnector('c', { tasks: '3', 'tasks.max': '3' });
  await eventually(() => expect(view.taskInfos('c')).toHaveLength(3));
  const status = { state: 'RUNNING', trace: null, generation: 1, version: '1' } as const;
  await statuses.putTask(task(0), { ...status, workerId: 'dead:1' });
  await statuses.putTask(task(1), { ...status, workerId: 'alive:1' });
  const hung = { ...status, state: 'UNASSIGNED', stalled: { since: 1, in: 'start' } } as const;
  await statuses.putTask(task(2), { ...hung, workerId: 'dead:1' });
  lead(2, [executor('alive:1')]);
  await eventually(() => expect(statuses.task(task(0))?.state).toBe('UNASSIGNED'));
  expect(statuses.task(task(1))?.state).toBe('RUNNING');
  const nobodys = { state: 'UNASSIGNED', worker_id: 'one:1', version: null };
  expect(view.taskStatus(task(0))).toEqual({ id: 0, ...nobodys });
  await eventually(() => expect(view.taskStatus(task(2))).toEqual({ id: 2, ...nobodys }));
});

it('removes the statuses of surplus tasks', async () => {
  const { herder, view, statuses, lead } = await leader();
  await herder.createConnector('c', {});
  await eventually(() => expect(view.taskInfos('c')).toHaveLength(1));
  await statuses.putTask(task(7), { state: 'RUNNING', trace: null, workerId: 'e:1', generation: 1, version: '1' });
  lead(2);
  await eventually(() => expect(statuses.task(task(7))).toBeUndefined());
});

it('hands over: the next leader runs the connectors, the one before writes nothing and says who leads', async () => {
  const one = await leader();
  await one.herder.createConnector('c', {});
  await eventually(() => expect(one.view.connectorStatus('c').connector.state).toBe('RUNNING'));
  const launcher = new CountingLauncher();
  const two = await rig.herder('two:2', launcher);
  two.lead(2);
  await eventually(() => expect(launcher.running.has('c')).toBe(true));
  // The first one has not heard of it yet.
  await expect(one.herder.pauseConnector('c')).rejects.toMatchObject({ leaderUrl: undefined, code: 'CONFLICT' });
  expect(one.herder.leading).toBe(false);
  one.follow(2, 'http://two:2/');
  await expect(one.herder.pauseConnector('c')).rejects.toMatchObject({ leaderUrl: 'http://two:2/' });
  await eventually(() => expect(one.launcher.running.size).toBe(0));
  await two.view.refresh();
  await eventually(() =>
    expect(two.view.connectorStatus('c').connector).toMatchObject({ state: 'RUNNING', worker_id: 'two:2' }),
  );
  expect(two.view.taskInfos('c')).toHaveLength(1);
});

it('asks the group to decide anew when it finds itself deposed, and leads again if the group says so', async () => {
  const one = await rig.herder('one:1', new CountingLauncher());
  one.lead(1);
  await one.herder.createConnector('c', {});
  const two = await rig.herder('two:2', new CountingLauncher());
  two.lead(2);
  await eventually(() => expect(two.configs.snapshot().connectors()).toEqual(['c']));
  await two.herder.pauseConnector('c');
  await expect(one.herder.resumeConnector('c')).rejects.toThrow('no known leader URL');
  expect(one.rejoins).toBe(1);
  one.lead(3);
  await one.herder.resumeConnector('c');
  await eventually(() => expect(one.view.connectorStatus('c').connector.state).toBe('RUNNING'));
});

it('drops everything when the group has lost it', async () => {
  const { herder, launcher, view } = await leader();
  await herder.createConnector('c', {});
  await eventually(() => expect(view.connectorStatus('c').connector.state).toBe('RUNNING'));
  await herder.lost();
  expect(launcher.running.size).toBe(0);
  await expect(herder.pauseConnector('c')).rejects.toThrow('no known leader URL');
  await view.refresh();
  expect(view.connectorStatus('c').connector.state).toBe('RUNNING');
});

it('leaves its connectors UNASSIGNED when it ends of its own will', async () => {
  const { herder, view } = await leader();
  await herder.createConnector('c', {});
  await eventually(() => expect(view.connectorStatus('c').connector.state).toBe('RUNNING'));
  await herder.stop();
  await view.refresh();
  expect(view.connectorStatus('c').connector).toEqual({ state: 'UNASSIGNED', worker_id: 'one:1', version: null });
});

it('writes a session key once, also for the leader after it', async () => {
  const one = await leader();
  await eventually(() => expect(one.configs.snapshot().sessionKey?.key).toHaveLength(32));
  const two = await rig.herder('two:2', new CountingLauncher());
  two.lead(2);
  await two.herder.createConnector('c', {});
  await two.herder.health();
  expect(two.configs.snapshot().sessionKey).toEqual(one.configs.snapshot().sessionKey);
});

it('renews an expired session key', async () => {
  await rig.dispose();
  rig = new HerderRig(100);
  const one = await leader();
  await eventually(() => expect(one.configs.snapshot().sessionKey).toBeDefined());
  const first = one.configs.snapshot().sessionKey;
  await eventually(() => expect(one.configs.snapshot().sessionKey).not.toEqual(first));
});

it('starts a connector again whose thread went by the fault of another', async () => {
  const { herder, view, launcher } = await leader();
  await herder.createConnector('c', {});
  await eventually(() => expect(view.taskInfos('c')).toHaveLength(1));
  launcher.events.get('c')?.gone();
  await eventually(() => expect(launcher.launches).toBe(2));
});
