import type { RestartSettings } from '@tributary/config-schemas';
import type { AutoRestart, ConnectorState, Status } from '@tributary/kafka-storage';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { MomentaryConflictError } from '../errors.js';
import { RestartWatch } from './restart-watch.js';

const START = 1_000_000;
const SETTINGS: RestartSettings = {
  enabled: true,
  maxAttempts: 2,
  backoffMs: 100,
  backoffMaxMs: 1_000,
  resetMs: 5_000,
  ofStalled: false,
};

/** One task with what surrounds it; each thing that is done to it is a line of `done`. */
class Scene {
  readonly done: string[] = [];
  settings: RestartSettings | undefined = SETTINGS;
  restart: () => Promise<void> = async () => undefined;
  status: Status | undefined;
  noted: AutoRestart | undefined;
  readonly watch: RestartWatch;

  constructor(entry?: AutoRestart) {
    this.noted = entry;
    this.watch = new RestartWatch({ connector: 'c', task: 0 }, entry, {
      status: () => this.status,
      settings: () => this.settings,
      note: async (next) => {
        this.noted = next;
        this.done.push(next === undefined ? 'forgotten' : noteText(next));
      },
      restart: () => {
        this.done.push('restarted');
        return this.restart();
      },
      now: Date.now,
      chance: () => 0,
    });
  }

  /** The status topic brings a new status. */
  async becomes(state: ConnectorState, trace: string | null = null): Promise<void> {
    this.status = { state, trace, workerId: 'e:1', generation: 1, version: null };
    this.watch.look();
    await this.pass(0);
  }

  async fails(): Promise<void> {
    await this.becomes('FAILED', 'java.lang.RuntimeException: boom');
  }

  async pass(ms: number): Promise<void> {
    await vi.advanceTimersByTimeAsync(ms);
  }
}

function noteText({ attempts, nextAt, givenUp }: AutoRestart): string {
  if (nextAt !== null) return `${attempts}: next at ${nextAt - START}`;
  return `${attempts}: ${givenUp ?? 'watched'}`;
}

beforeEach(() => vi.useFakeTimers({ now: START }));
afterEach(() => vi.useRealTimers());

it('restarts what fails, later each time, until the attempts are used up', async () => {
  const scene = new Scene();
  await scene.fails();
  await scene.pass(99);
  expect(scene.done).toEqual(['0: next at 100']);
  await scene.pass(1);
  expect(scene.done.slice(1)).toEqual(['1: watched', 'restarted']);
  await scene.becomes('RESTARTING');
  await scene.fails();
  await scene.pass(200);
  expect(scene.done.slice(3)).toEqual(['1: next at 300', '2: watched', 'restarted']);
  await scene.fails();
  await scene.pass(100_000);
  expect(scene.done.slice(6)).toEqual(['2: attempts']);
});

it('does not take the old failure for a new one while the restart goes on', async () => {
  const scene = new Scene();
  await scene.fails();
  await scene.pass(100);
  scene.watch.look();
  await scene.pass(80_000);
  expect(scene.done).toEqual(['0: next at 100', '1: watched', 'restarted']);
});

it('takes a restart that shows nothing for one that has failed, after a while', async () => {
  const scene = new Scene();
  await scene.fails();
  await scene.pass(100 + 90_000);
  expect(scene.done.at(-1)).toBe('1: next at 90300');
});

it('begins to count anew once it has run well', async () => {
  const scene = new Scene({ attempts: 2, nextAt: null, givenUp: null });
  await scene.becomes('RUNNING');
  await scene.pass(4_999);
  expect(scene.done).toEqual([]);
  await scene.pass(1);
  expect(scene.done).toEqual(['forgotten']);
});

it('carries on where the leader before has ended', async () => {
  const waiting = new Scene({ attempts: 1, nextAt: START + 40, givenUp: null });
  await waiting.fails();
  await waiting.pass(40);
  expect(waiting.done).toEqual(['2: watched', 'restarted']);
  const tried = new Scene({ attempts: 2, nextAt: null, givenUp: null });
  await tried.fails();
  expect(tried.done).toEqual(['2: attempts']);
});

it('leaves a restart that waits to the one who starts it already', async () => {
  const scene = new Scene({ attempts: 1, nextAt: START + 40, givenUp: null });
  scene.status = { state: 'FAILED', trace: 'x', workerId: 'e:1', generation: 1, version: null };
  scene.watch.startedElsewhere();
  await scene.pass(1_000);
  expect(scene.done).toEqual(['1: watched']);
  await scene.becomes('RUNNING');
  await scene.pass(5_000);
  expect(scene.done).toEqual(['1: watched', 'forgotten']);
});

it('takes its plan back when it is paused, stopped, deleted or switched off, and makes a new one afterwards', async () => {
  const scene = new Scene();
  await scene.fails();
  scene.settings = undefined;
  scene.watch.changedByUser();
  await scene.pass(10_000);
  expect(scene.done).toEqual(['0: next at 100', 'forgotten']);
  scene.settings = SETTINGS;
  scene.watch.changedByUser();
  await scene.pass(0);
  expect(scene.done.at(-1)).toBe('0: next at 10100');
});

it('yields to a restart by a user, and counts from the beginning after it', async () => {
  const scene = new Scene({ attempts: 1, nextAt: START + 50, givenUp: null });
  await scene.fails();
  scene.watch.restartedByUser();
  await scene.pass(1_000);
  expect(scene.done).toEqual(['forgotten']);
  await scene.fails();
  expect(scene.done.at(-1)).toBe('0: next at 1100');
});

it('looks at a failure anew when the configuration changes', async () => {
  const scene = new Scene({ attempts: 2, nextAt: null, givenUp: 'attempts' });
  await scene.fails();
  expect(scene.done).toEqual([]);
  scene.watch.changedByUser();
  await scene.pass(100);
  expect(scene.done).toEqual(['0: next at 100', '1: watched', 'restarted']);
});

it('does not count an attempt for which nobody was there', async () => {
  const scene = new Scene();
  scene.restart = () => Promise.reject(new MomentaryConflictError('nobody runs it'));
  await scene.fails();
  await scene.pass(100);
  expect(scene.done).toEqual(['0: next at 100', '1: watched', 'restarted', '0: next at 200']);
});

it('counts an attempt that failed', async () => {
  const scene = new Scene();
  scene.restart = () => Promise.reject(new Error('no'));
  await scene.fails();
  await scene.pass(100);
  expect(scene.done.at(-1)).toBe('1: next at 300');
});

it('does nothing once it is stopped', async () => {
  const scene = new Scene();
  await scene.fails();
  scene.watch.stop();
  await scene.pass(1_000);
  expect(scene.done).toEqual(['0: next at 100']);
});
