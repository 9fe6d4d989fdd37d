import type { ConnectorConfig, TargetState } from '@tributary/kafka-storage';
import { expect, it, onTestFinished, vi } from 'vitest';
import { retrying } from '../change/backoff.js';
import { ConnectorLifecycle } from './connector-lifecycle.js';
import type { ConnectorEvents, ConnectorLauncher, LaunchedConnector } from './launcher.js';
import type { GeneratedTasks } from './task-configs.js';

const PATIENCE = { timeout: 10_000 };
const TASKS: GeneratedTasks = { taskClass: 'T', configs: [], tasksMax: 1, enforceTasksMax: true };
const never = () => new Promise<never>(() => undefined);

/** A launcher whose connectors do as the test says; it notes what happens in `log`. */
class ScriptedLauncher implements ConnectorLauncher {
  readonly log: string[] = [];
  start: () => Promise<void> = async () => undefined;
  taskConfigs: () => Promise<GeneratedTasks> = async () => TASKS;
  events: ConnectorEvents | undefined;
  #launches = 0;

  versionOf(): string {
    return 'v';
  }

  async launch(_: string, __: ConnectorConfig, events: ConnectorEvents): Promise<LaunchedConnector> {
    const id = ++this.#launches;
    this.log.push(`launch ${id}`);
    this.events = events;
    return {
      version: 'v',
      start: () => this.start(),
      taskConfigs: () => this.taskConfigs(),
      destroy: async () => void this.log.push(`destroy ${id}`),
    };
  }
}

function begin(state: TargetState, prepare: (launcher: ScriptedLauncher) => void = () => undefined) {
  const launcher = new ScriptedLauncher();
  prepare(launcher);
  const config = { v: '1' };
  const traces: (string | null)[] = [];
  const observed: string[] = [];
  const lifecycle = new ConnectorLifecycle(
    'c',
    { config, state },
    {
      launcher,
      report: async (_, reported, trace) => {
        launcher.log.push(reported);
        traces.push(trace);
      },
      publish: async () => void launcher.log.push('publish'),
      observer: {
        startTried: (succeeded) => void observed.push(succeeded ? 'started' : 'not started'),
        reached: (_, __, reached) => void observed.push(reached),
        gone: () => void observed.push('gone'),
      },
      retry: (work, signal) =>
        retrying(work, { signal, retriable: (error) => error instanceof TypeError, failed: () => undefined }),
    },
  );
  onTestFinished(() => lifecycle.end());
  const reaches = (...log: string[]) => vi.waitFor(() => expect(launcher.log).toEqual(log), PATIENCE);
  return { launcher, lifecycle, config, traces, observed, reaches };
}

it('starts a connector, says so and publishes its tasks', async () => {
  const { reaches } = begin('STARTED');
  await reaches('launch 1', 'RUNNING', 'publish');
});

it.each(['PAUSED', 'STOPPED'] as const)('makes no instance of a connector that is %s', async (state) => {
  const { reaches } = begin(state);
  await reaches(state);
});

it('ends the instance on pause and makes a new one on resume', async () => {
  const { lifecycle, config, reaches } = begin('STARTED');
  await reaches('launch 1', 'RUNNING', 'publish');
  lifecycle.update({ config, state: 'PAUSED' });
  await reaches('launch 1', 'RUNNING', 'publish', 'destroy 1', 'PAUSED');
  lifecycle.update({ config, state: 'STARTED' });
  await reaches('launch 1', 'RUNNING', 'publish', 'destroy 1', 'PAUSED', 'launch 2', 'RUNNING', 'publish');
});

it('makes a new instance for a new config', async () => {
  const { lifecycle, reaches } = begin('STARTED');
  await reaches('launch 1', 'RUNNING', 'publish');
  lifecycle.update({ config: { v: '2' }, state: 'STARTED' });
  await reaches('launch 1', 'RUNNING', 'publish', 'destroy 1', 'launch 2', 'RUNNING', 'publish');
});

it('fails with the trace of what start throws, and stays so when paused and resumed', async () => {
  const { lifecycle, launcher, config, traces, reaches } = begin('STARTED', (launcher) => {
    launcher.start = () => Promise.reject(new Error('no such host'));
  });
  await reaches('launch 1', 'FAILED', 'destroy 1');
  expect(traces[0]).toContain('no such host\n\tat ');
  launcher.start = async () => undefined;
  lifecycle.update({ config, state: 'PAUSED' });
  lifecycle.update({ config, state: 'STARTED' });
  const restart = lifecycle.restart({ announce: false });
  await restart;
  await reaches('launch 1', 'FAILED', 'destroy 1', 'launch 2', 'RUNNING', 'publish');
});

it('lets a failed connector be stopped, and start again from there', async () => {
  const { lifecycle, launcher, config, reaches } = begin('STARTED', (launcher) => {
    launcher.start = () => Promise.reject(new Error('no'));
  });
  await reaches('launch 1', 'FAILED', 'destroy 1');
  launcher.start = async () => undefined;
  lifecycle.update({ config, state: 'STOPPED' });
  await reaches('launch 1', 'FAILED', 'destroy 1', 'STOPPED');
  lifecycle.update({ config, state: 'STARTED' });
  await reaches('launch 1', 'FAILED', 'destroy 1', 'STOPPED', 'launch 2', 'RUNNING', 'publish');
});

it('can be paused while start hangs', async () => {
  const { lifecycle, config, reaches } = begin('STARTED', (launcher) => (launcher.start = never));
  await reaches('launch 1');
  lifecycle.update({ config, state: 'PAUSED' });
  await reaches('launch 1', 'destroy 1', 'PAUSED');
});

it('can be restarted while taskConfigs hangs', async () => {
  const { lifecycle, launcher, reaches } = begin('STARTED', (launcher) => (launcher.taskConfigs = never));
  await reaches('launch 1', 'RUNNING');
  launcher.taskConfigs = async () => TASKS;
  await lifecycle.restart({ announce: true });
  await reaches('launch 1', 'RUNNING', 'RESTARTING', 'destroy 1', 'launch 2', 'RUNNING', 'publish');
});

it('tells the one who asked for a restart that it failed', async () => {
  const { lifecycle, launcher, reaches } = begin('STARTED');
  await reaches('launch 1', 'RUNNING', 'publish');
  launcher.start = () => Promise.reject(new Error('boom'));
  await expect(lifecycle.restart({ announce: false })).rejects.toThrow('Failed to start connector: c');
});

it('fails when taskConfigs throws, but calls again after a retriable error', async () => {
  let calls = 0;
  const { reaches } = begin('STARTED', (launcher) => {
    launcher.taskConfigs = async () => {
      if (++calls === 1) throw new TypeError('not yet');
      throw new Error('never');
    };
  });
  await reaches('launch 1', 'RUNNING', 'FAILED', 'destroy 1');
  expect(calls).toBe(2);
});

it('publishes again when the connector asks for it', async () => {
  const { launcher, reaches } = begin('STARTED');
  await reaches('launch 1', 'RUNNING', 'publish');
  launcher.events?.reconfigure();
  await reaches('launch 1', 'RUNNING', 'publish', 'publish');
});

it('fails when the connector says that it cannot go on', async () => {
  const { launcher, traces, reaches } = begin('STARTED');
  await reaches('launch 1', 'RUNNING', 'publish');
  launcher.events?.failed(new Error('lost my source'));
  await reaches('launch 1', 'RUNNING', 'publish', 'FAILED', 'destroy 1');
  expect(traces.at(-1)).toContain('lost my source');
});

it('says why an instance died, not that it is gone', async () => {
  const { launcher, traces } = begin('STARTED', (launcher) => {
    launcher.taskConfigs = async () => {
      launcher.events?.failed(new Error('killed itself'));
      throw new Error('is not hosted any more');
    };
  });
  await vi.waitFor(() => expect(launcher.log).toContain('FAILED'), PATIENCE);
  expect(traces.at(-1)).toContain('killed itself');
});

it('launches again what went through no fault of its own', async () => {
  const { launcher, reaches } = begin('STARTED');
  await reaches('launch 1', 'RUNNING', 'publish');
  launcher.events?.gone();
  await reaches('launch 1', 'RUNNING', 'publish', 'destroy 1', 'launch 2', 'RUNNING', 'publish');
});

it('hears nothing of an instance that it has ended', async () => {
  const { launcher, lifecycle, config, reaches } = begin('STARTED');
  await reaches('launch 1', 'RUNNING', 'publish');
  const old = launcher.events;
  lifecycle.update({ config, state: 'PAUSED' });
  await reaches('launch 1', 'RUNNING', 'publish', 'destroy 1', 'PAUSED');
  old?.failed(new Error('too late'));
  lifecycle.update({ config, state: 'STARTED' });
  await reaches('launch 1', 'RUNNING', 'publish', 'destroy 1', 'PAUSED', 'launch 2', 'RUNNING', 'publish');
});

it('is ended at once while start hangs, and stores nothing more', async () => {
  const { lifecycle, launcher, reaches } = begin('STARTED', (launcher) => (launcher.start = never));
  await reaches('launch 1');
  const restart = lifecycle.restart({ announce: false });
  const refused = expect(restart).rejects.toThrow('interrupted');
  await lifecycle.end();
  await refused;
  expect(launcher.log).toEqual(['launch 1', 'destroy 1']);
});

it('lets its observer know of starts, states and the end', async () => {
  const { lifecycle, launcher, observed, reaches } = begin('STARTED', (launcher) => {
    launcher.start = () => Promise.reject(new Error('no'));
  });
  await reaches('launch 1', 'FAILED', 'destroy 1');
  launcher.start = async () => undefined;
  await lifecycle.restart({ announce: false });
  launcher.events?.failed(new Error('later'));
  await vi.waitFor(() => expect(observed).toEqual(['not started', 'FAILED', 'started', 'RUNNING', 'FAILED']), PATIENCE);
  await lifecycle.end();
  expect(observed.at(-1)).toBe('gone');
});
