import type { RestartSettings } from '@tributary/config-schemas';
import type { AutoRestartTarget, ConnectorState, Status, TaskId } from '@tributary/kafka-storage';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually, executor, HerderRig, type RigHerder } from '../../test/herder-rig.js';
import type { ConnectorLauncher } from '../connector/launcher.js';
import type { AutoRestartOptions } from './auto-restarts.js';

const NEVER_MS = 1_000_000;
const SETTINGS: RestartSettings = {
  enabled: true,
  maxAttempts: 3,
  backoffMs: 10,
  backoffMaxMs: 10,
  resetMs: NEVER_MS,
  ofStalled: false,
};
const TASK = { connector: 'c', task: 0 };

/** Connectors with one task, whose start fails as often as is left. */
class FailingLauncher implements ConnectorLauncher {
  starts = 0;
  failuresLeft = 0;

  versionOf(): string {
    return '1.0';
  }

  async launch() {
    return {
      version: '1.0',
      start: async () => {
        this.starts++;
        if (this.failuresLeft-- > 0) throw new Error('told to fail');
      },
      taskConfigs: async () => ({ taskClass: 'test.Task', configs: [{}], tasksMax: 1, enforceTasksMax: true }),
      destroy: async () => undefined,
    };
  }
}

let rig: HerderRig;
beforeEach(() => {
  rig = new HerderRig();
});
afterEach(() => rig.dispose());

/** The test plays the executor: each restart of a task it is asked for is in `asked`, each that was tried in `tried`. */
async function herder(id: string, launcher: FailingLauncher, more: Partial<RestartSettings> = {}) {
  const asked: string[] = [];
  const tried: AutoRestartTarget[] = [];
  const restarts: AutoRestartOptions = {
    settings: (config) => ({ ...SETTINGS, ...more, ...(config['off'] === 'true' && { enabled: false }) }),
    restartTaskAt: async (url, task) => void asked.push(`${task.connector}-${task.task} at ${url}`),
    observer: { restarted: (target) => void tried.push(target), noted: () => undefined },
  };
  return { ...(await rig.herder(id, launcher, undefined, restarts)), asked, tried };
}

const lead = (one: RigHerder, generation = 1): void => one.lead(generation, [executor('e:1', TASK)]);

async function leader(more: Partial<RestartSettings> = {}) {
  const launcher = new FailingLauncher();
  const one = await herder('one:1', launcher, more);
  lead(one);
  return { ...one, launcher };
}

/** Its task in the state that its executor gives it. */
function put(one: RigHerder, state: ConnectorState, trace: string | null = null, id: TaskId = TASK): Promise<void> {
  const status: Status = { state, trace, workerId: 'e:1', generation: 1, version: null };
  return one.statuses.putTask(id, status);
}
const fail = (one: RigHerder, trace = 'java.lang.RuntimeException: boom') => put(one, 'FAILED', trace);

async function withTask(one: RigHerder, config: Record<string, string> = {}): Promise<void> {
  await one.herder.createConnector('c', config);
  await eventually(() => expect(one.view.taskInfos('c')).toHaveLength(1));
}

it('restarts a connector until it starts, and shows so until it has run well', async () => {
  const { herder: herds, view, launcher } = await leader({ resetMs: 300 });
  launcher.failuresLeft = 2;
  await herds.createConnector('c', {});
  await eventually(() =>
    expect(view.connectorStatus('c').connector).toMatchObject({ state: 'RUNNING', auto_restart: { attempts: 2 } }),
  );
  expect(launcher.starts).toBe(3);
  await eventually(() => expect(view.connectorStatus('c').connector).not.toHaveProperty('auto_restart'));
  expect(view.connectorStatus('c').connector.state).toBe('RUNNING');
});

it('gives a connector up when its attempts are used up; a restart by a user begins anew', async () => {
  const { herder: herds, view, launcher } = await leader();
  launcher.failuresLeft = 4;
  await herds.createConnector('c', {});
  const givenUp = { state: 'FAILED', auto_restart: { attempts: 3, given_up: 'attempts' } };
  await eventually(() => expect(view.connectorStatus('c').connector).toMatchObject(givenUp));
  expect(launcher.starts).toBe(4);
  launcher.failuresLeft = 1;
  await expect(herds.restartConnector('c')).rejects.toThrow('Failed to start connector: c');
  await eventually(() =>
    expect(view.connectorStatus('c').connector).toMatchObject({ state: 'RUNNING', auto_restart: { attempts: 1 } }),
  );
});

it('has the executor of a failed task restart it, the trace to be seen until then', async () => {
  const one = await leader({ backoffMs: 500, backoffMaxMs: 500 });
  await withTask(one);
  await fail(one);
  await eventually(() =>
    expect(one.view.taskStatus(TASK)).toMatchObject({
      state: 'FAILED',
      trace: 'java.lang.RuntimeException: boom',
      auto_restart: { attempts: 0, next: expect.stringMatching(/^\d{4}-.*Z$/) },
    }),
  );
  await eventually(() => expect(one.asked).toEqual(['c-0 at http://e:1/']));
  await put(one, 'RUNNING');
  await eventually(() => expect(one.view.taskStatus(TASK)).toMatchObject({ auto_restart: { attempts: 1 } }));
});

it('restarts neither what does not pass by itself, nor what is switched off', async () => {
  const one = await leader();
  await withTask(one);
  await fail(one, 'org.apache.kafka.connect.errors.ConnectException: Tolerance exceeded in error handler');
  await eventually(() =>
    expect(one.view.taskStatus(TASK)).toMatchObject({ auto_restart: { attempts: 0, given_up: 'fatal' } }),
  );
  await one.herder.putConnectorConfig('c', { off: 'true' });
  await eventually(() => expect(one.view.taskStatus(TASK)).not.toHaveProperty('auto_restart'));
  await fail(one);
  await one.view.refresh();
  // Anything that was to be noted of the task would be in Kafka before what comes after it.
  await one.herder.pauseConnector('c');
  await one.view.refresh();
  expect(one.statuses.autoRestarts('c')).toEqual([]);
  expect(one.asked).toEqual([]);
});

it('takes a waiting restart back when the connector is paused, and forgets it when it is deleted', async () => {
  const one = await leader({ backoffMs: NEVER_MS, backoffMaxMs: NEVER_MS });
  await withTask(one);
  await fail(one);
  await eventually(() => expect(one.statuses.autoRestarts('c')).toEqual([TASK]));
  await one.herder.pauseConnector('c');
  await eventually(() => expect(one.statuses.autoRestarts('c')).toEqual([]));
  await one.herder.resumeConnector('c');
  await eventually(() => expect(one.statuses.autoRestarts('c')).toEqual([TASK]));
  await one.herder.restartTask(TASK);
  await eventually(() => expect(one.statuses.autoRestarts('c')).toEqual([]));
  await fail(one);
  await eventually(() => expect(one.statuses.autoRestarts('c')).toEqual([TASK]));
  await one.herder.deleteConnector('c');
  await eventually(() => expect(one.statuses.connectors()).toEqual([]));
});

it('forgets attempts when a user asks for a restart of all that has failed', async () => {
  const one = await leader({ backoffMs: NEVER_MS, backoffMaxMs: NEVER_MS });
  await withTask(one);
  await fail(one);
  await eventually(() => expect(one.statuses.autoRestarts('c')).toEqual([TASK]));
  await one.herder.restartConnectorAndTasks('c', { includeTasks: true, onlyFailed: true });
  await eventually(() => expect(one.statuses.autoRestarts('c')).toEqual([]));
  expect(one.asked).toEqual([]);
});

it('goes on counting under the next leader', async () => {
  const first = await leader({ maxAttempts: 2 });
  await withTask(first);
  await fail(first);
  await eventually(() => expect(first.asked).toHaveLength(1));
  const second = await herder('two:2', new FailingLauncher(), { maxAttempts: 2 });
  await first.herder.lost();
  await fail(first);
  lead(second, 2);
  await eventually(() => expect(second.asked).toHaveLength(1));
  await fail(second);
  await eventually(() =>
    expect(second.view.taskStatus(TASK)).toMatchObject({ auto_restart: { attempts: 2, given_up: 'attempts' } }),
  );
  expect([first.asked.length, second.asked.length]).toEqual([1, 1]);
});

it('leaves connectors that a new leader starts anyway to their start', async () => {
  const first = await leader({ backoffMs: NEVER_MS, backoffMaxMs: NEVER_MS });
  first.launcher.failuresLeft = 1;
  await first.herder.createConnector('c', {});
  await eventually(() => expect(first.statuses.autoRestarts('c')).toHaveLength(1));
  const launcher = new FailingLauncher();
  const second = await herder('two:2', launcher);
  // Its restart is due by now.
  await first.statuses.putAutoRestart({ connector: 'c' }, { attempts: 1, nextAt: 1, givenUp: null });
  await first.herder.lost();
  await second.view.refresh();
  lead(second, 2);
  await eventually(() =>
    expect(second.view.connectorStatus('c').connector).toMatchObject({
      state: 'RUNNING',
      auto_restart: { attempts: 1 },
    }),
  );
  await second.herder.pauseConnector('c');
  await eventually(() => expect(second.view.connectorStatus('c').connector.state).toBe('PAUSED'));
  expect([launcher.starts, second.tried]).toEqual([1, []]);
});

it('does not take the failure of tasks that get other configurations for a new one', async () => {
  const one = await leader({ backoffMs: NEVER_MS, backoffMaxMs: NEVER_MS });
  await withTask(one);
  await fail(one);
  await eventually(() => expect(one.view.taskStatus(TASK)).toHaveProperty('auto_restart.next'));
  await one.writer.putTaskConfigs('c', [{ other: 'config' }]);
  await eventually(() => expect(one.view.taskStatus(TASK)).not.toHaveProperty('auto_restart'));
  expect(one.view.taskStatus(TASK).state).toBe('FAILED');
});

it('does not count attempts for which there is no executor', async () => {
  const one = await herder('one:1', new FailingLauncher(), { maxAttempts: 1 });
  one.lead(1, [executor('e:1')]);
  await withTask(one);
  await fail(one);
  await eventually(() => expect(one.tried.length).toBeGreaterThan(2));
  expect(one.asked).toEqual([]);
  lead(one, 2);
  await eventually(() => expect(one.asked).toHaveLength(1));
});
