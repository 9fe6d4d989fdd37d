import { describe, expect, it } from 'vitest';
import type { MemberAssignment } from '../payload/member-assignment.js';
import { taskKey, type TaskId } from '../task-id.js';
import { assign } from './assign.js';
import type { Member } from './member.js';

const SEEDS = Array.from({ length: 150 }, (_, seed) => seed + 1);
const STEPS = 30;

/** The same numbers from 0 to 1 for the same seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Executor {
  readonly joinedAt: number;
  readonly running: Map<string, TaskId>;
}

/** A cluster of executors that do what they are told, at their own pace, while connectors, executors and time change. */
class Cluster {
  readonly executors = new Map<string, Executor>();
  readonly connectors = new Map<string, number>();
  now = 0;
  previous: MemberAssignment | undefined;
  moves = 0;
  private named = 0;

  constructor(
    readonly random: () => number,
    readonly maxDelayMs: number,
  ) {}

  pick = (count: number): number => Math.floor(this.random() * count);

  change(): void {
    this.now += this.pick(400);
    const [names, connectors] = [[...this.executors.keys()], [...this.connectors.keys()]];
    switch (this.pick(5)) {
      case 0:
      case 1:
        this.executors.set(`e${++this.named}`, { joinedAt: this.now, running: new Map() });
        break;
      case 2:
        this.executors.delete(names[this.pick(names.length)] ?? '');
        break;
      case 3:
        this.connectors.set(`c${this.pick(6)}`, this.pick(12));
        break;
      default:
        this.connectors.delete(connectors[this.pick(connectors.length)] ?? '');
    }
  }

  tasks(): TaskId[] {
    return [...this.connectors].flatMap(([connector, count]) =>
      Array.from({ length: count }, (_, task) => ({ connector, task })),
    );
  }

  /** One rebalance. Returns what was assigned. */
  round(): MemberAssignment | undefined {
    const members: Member[] = [...this.executors].map(([id, { joinedAt, running }]) => ({
      memberId: id,
      metadata: {
        role: 'executor',
        id,
        url: id,
        joinedAt,
        configOffset: 0,
        running: [...running.values()],
        leaderId: null,
        generation: 0,
        asked: 0,
      },
    }));
    const { previous, maxDelayMs, now } = this;
    const assignments = assign({ members, tasks: this.tasks(), configOffset: 0, previous, maxDelayMs, now });
    const starting: [Executor, TaskId][] = [];
    for (const [id, executor] of this.executors) {
      const owned = new Map((assignments.get(id)?.tasks ?? []).map((task) => [taskKey(task), task]));
      for (const [key, task] of owned) if (!executor.running.has(key)) starting.push([executor, task]);
      for (const key of executor.running.keys()) if (!owned.has(key)) executor.running.delete(key);
    }
    // Starts come before other members' stops in the worst case, so what starts must have been free before the round.
    const claimed = new Set(members.flatMap(({ metadata }) => metadata.running.map(taskKey)));
    for (const [executor, task] of starting) {
      expect(claimed.has(taskKey(task)), `task ${taskKey(task)} given to a second executor`).toBe(false);
      executor.running.set(taskKey(task), task);
      claimed.add(taskKey(task));
    }
    this.moves += starting.length;
    this.previous = [...assignments.values()][0] ?? this.previous;
    return this.previous;
  }

  loads = (): number[] => [...this.executors.values()].map(({ running }) => running.size);
}

/** What must move at least: what nobody runs, and what is beyond an even share. */
function leastMoves(loads: readonly number[], total: number): number {
  const base = Math.floor(total / loads.length);
  const larger = total % loads.length;
  const kept = loads.toSorted((a, b) => b - a).map((load, index) => Math.min(load, base + (index < larger ? 1 : 0)));
  return total - kept.reduce((sum, count) => sum + count, 0);
}

describe('assign, whatever happens to a cluster', () => {
  it.each(SEEDS)('settles evenly in two rounds with as few moves as can be (seed %i)', (seed) => {
    const cluster = new Cluster(generator(seed), 0);
    for (let step = 0; step < STEPS; step++) {
      cluster.change();
      if (cluster.executors.size === 0) continue;
      const configured = new Set(cluster.tasks().map(taskKey));
      const held = [...cluster.executors.values()].map(
        ({ running }) => [...running.keys()].filter((key) => configured.has(key)).length,
      );
      const least = leastMoves(held, configured.size);
      cluster.moves = 0;
      for (let rounds = 1; cluster.round()?.again; rounds++) expect(rounds).toBeLessThan(2);
      const loads = cluster.loads();
      expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
      expect(loads.reduce((sum, load) => sum + load, 0)).toBe(configured.size);
      expect(cluster.moves).toBe(least);
      const settled = JSON.stringify(cluster.previous?.members);
      cluster.round();
      expect(JSON.stringify(cluster.previous?.members)).toBe(settled);
    }
  });

  it.each(SEEDS)('runs every task once the delay is over, and none twice before (seed %i)', (seed) => {
    const cluster = new Cluster(generator(seed), 300);
    for (let step = 0; step < STEPS; step++) {
      cluster.change();
      if (cluster.executors.size === 0) continue;
      for (let rounds = 1; cluster.round()?.again; rounds++) expect(rounds).toBeLessThan(3);
    }
    if (cluster.executors.size === 0) return;
    while ((cluster.previous?.delayMs ?? 0) > 0) {
      cluster.now += cluster.previous?.delayMs ?? 0;
      for (let rounds = 1; cluster.round()?.again; rounds++) expect(rounds).toBeLessThan(3);
    }
    const loads = cluster.loads();
    expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
    expect(loads.reduce((sum, load) => sum + load, 0)).toBe(cluster.tasks().length);
  });
});
