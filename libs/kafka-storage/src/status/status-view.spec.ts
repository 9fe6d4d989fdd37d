import { describe, expect, it } from 'vitest';
import type { ConnectorState, Status } from '../api.js';
import { StatusView } from './status-view.js';

const status = (state: ConnectorState, workerId: string, generation: number): Status => {
  return { state, trace: null, workerId, generation, version: null };
};
const id = { connector: 'a', task: 0 };

describe('StatusView', () => {
  it("does not let a former owner's last words hide that a task runs", () => {
    const view = new StatusView();
    view.apply({ kind: 'task', id, status: status('RUNNING', 'new:1', 5) });
    expect(view.apply({ kind: 'task', id, status: status('UNASSIGNED', 'old:1', 5) })).toBeUndefined();
    expect(view.task(id)?.state).toBe('RUNNING');
    expect(view.apply({ kind: 'task', id, status: status('UNASSIGNED', 'old:1', 6) })).toBe('a');
    expect(view.task(id)?.state).toBe('UNASSIGNED');
  });

  it('believes an owner that has stopped its own task', () => {
    const view = new StatusView();
    view.apply({ kind: 'task', id, status: status('RUNNING', 'w:1', 5) });
    view.apply({ kind: 'task', id, status: status('UNASSIGNED', 'w:1', 5) });
    expect(view.task(id)?.state).toBe('UNASSIGNED');
  });

  it("leaves tasks to their own tombstones when the connector's comes", () => {
    const view = new StatusView();
    view.apply({ kind: 'task', id, status: status('RUNNING', 'w:1', 1) });
    view.apply({ kind: 'connector', connector: 'a', status: null });
    expect(view.task(id)?.state).toBe('RUNNING');
    view.apply({ kind: 'task', id, status: null });
    expect(view.connectors()).toEqual([]);
  });

  it('sorts tasks by number and lists used topics', () => {
    const view = new StatusView();
    for (const task of [10, 2]) view.apply({ kind: 'task', id: { ...id, task }, status: status('RUNNING', 'w:1', 1) });
    view.apply({ kind: 'topic', connector: 'a', topic: 't', use: { task: 2, discoveredAt: 1 } });
    view.apply({ kind: 'topic', connector: 'a', topic: 'u', use: { task: 2, discoveredAt: 1 } });
    view.apply({ kind: 'topic', connector: 'a', topic: 't', use: null });
    expect(view.tasks('a').map(({ task }) => task)).toEqual([2, 10]);
    expect(view.topics('a')).toEqual(['u']);
  });

  it('knows what is noted of restarts until it is removed', () => {
    const view = new StatusView();
    const restart = { attempts: 1, nextAt: null, givenUp: null };
    view.apply({ kind: 'auto-restart', target: { connector: 'a' }, restart });
    expect(view.apply({ kind: 'auto-restart', target: id, restart })).toBe('a');
    expect(view.autoRestarts('a')).toEqual([{ connector: 'a', task: undefined }, id]);
    view.apply({ kind: 'auto-restart', target: { connector: 'a' }, restart: null });
    expect(view.autoRestart({ connector: 'a' })).toBeUndefined();
    expect(view.autoRestart(id)).toEqual(restart);
    view.apply({ kind: 'auto-restart', target: id, restart: null });
    expect(view.connectors()).toEqual([]);
  });
});
