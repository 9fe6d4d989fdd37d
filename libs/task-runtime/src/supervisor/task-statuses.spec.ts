import type { Stall, Status, StatusStore, TaskId } from '@tributary/kafka-storage';
import { expect, it } from 'vitest';
import { TaskStatuses, type TaskMetrics } from './task-statuses.js';

const ID: TaskId = { connector: 'c', task: 0 };
const METRICS: TaskMetrics = {
  publishTaskCounters: () => undefined,
  publishTaskStall: () => undefined,
  publishTaskState: () => undefined,
  removeTask: () => undefined,
  taskStartup: () => undefined,
};

/** The statuses of the worker `here:1` in generation 5, in a store that says so when others write. */
function statuses() {
  const written: string[] = [];
  let stored: Status | undefined;
  let changed: (connector: string) => void = () => undefined;
  const put = async (_id: TaskId, status: Status | null): Promise<void> => {
    const stall = status?.stalled && ` stalled in ${status.stalled.in}`;
    written.push(`${status?.state ?? 'none'}${stall ?? ''}`);
    stored = status ?? undefined;
  };
  const store: Partial<StatusStore> = {
    subscribe: ({ statusChanged }) => {
      changed = statusChanged;
      return () => undefined;
    },
    task: () => stored,
    putTask: put,
    putTaskSafe: put,
  };
  const own = new TaskStatuses(store as StatusStore, 'here:1', METRICS);
  own.generation = 5;
  const other = (generation: number): void => {
    stored = { state: 'FAILED', trace: 'too late', workerId: 'there:1', generation, version: null };
    changed('c');
  };
  return { own, written, other };
}

it('writes again what an earlier owner has overwritten', () => {
  const { own, written, other } = statuses();
  own.put(ID, 'RUNNING', '1');
  other(4);
  expect(written).toEqual(['RUNNING', 'RUNNING']);
});

it.each([5, 6])('leaves alone what an owner of generation %d has written', (generation) => {
  const { own, written, other } = statuses();
  own.put(ID, 'RUNNING', '1');
  other(generation);
  expect(written).toEqual(['RUNNING']);
});

it.each([
  ['failed', (own: TaskStatuses) => own.putFailed(ID, 'trace', null)],
  ['was given up', (own: TaskStatuses) => own.putUnassigned(ID, null)],
  ['is gone', (own: TaskStatuses) => own.remove(ID)],
])('says nothing more of a task that %s', (_what, end) => {
  const { own, written, other } = statuses();
  own.put(ID, 'RUNNING', '1');
  end(own);
  const before = written.length;
  other(4);
  expect(written).toHaveLength(before);
});

const START: Stall = { since: 1, in: 'start' };

it('shows a task that hangs in its start as one that does not run yet, until it does', () => {
  const { own, written } = statuses();
  own.putStall(ID, START, null);
  own.put(ID, 'RUNNING', '1');
  own.endStall(ID);
  expect(written).toEqual(['UNASSIGNED stalled in start', 'RUNNING']);
});

it('shows a task that hangs beside the state that it is in', () => {
  const { own, written } = statuses();
  own.put(ID, 'RESTARTING', '1');
  own.putStall(ID, START, '1');
  own.endStall(ID);
  expect(written).toEqual(['RESTARTING', 'RESTARTING stalled in start', 'RESTARTING']);
});
