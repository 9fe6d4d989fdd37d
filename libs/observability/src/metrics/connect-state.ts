import type { TaskCounters } from '../task-counters.js';
import { newTaskCounters } from '../task-counters.js';
import { TaskHistory } from './task-history.js';

/** States of connectors and tasks, as statuses name them. */
export type ConnectState = 'RUNNING' | 'PAUSED' | 'STOPPED' | 'FAILED' | 'UNASSIGNED' | 'RESTARTING' | 'DESTROYED';

/** What a connector is made of. */
export interface ConnectorFacts {
  readonly type: 'source' | 'sink';
  readonly class: string;
  readonly version: string;
}

export interface TaskFacts {
  readonly connector: string;
  readonly task: number;
  state: ConnectState | undefined;
  stalled: boolean;
  history: TaskHistory | undefined;
}

export interface ConnectorState {
  readonly connector: string;
  readonly state: ConnectState;
  readonly facts: ConnectorFacts;
}

/** What the leader notes of one that it restarts by itself. */
export type AutoRestartState = 'waiting' | 'given up' | 'watched';

/** Automatic restarts of a connector and its tasks. */
export interface AutoRestartFacts {
  restarts: number;
  /** by task; undefined: the connector's own */
  readonly states: Map<number | undefined, AutoRestartState>;
}

/** How often something was tried and how it went. */
export interface Attempts {
  succeeded: number;
  failed: number;
}

/** A task whose counters stand still is silent; its history has a snapshot for this time all the same, milliseconds. */
const SNAPSHOT_MS = 1_000;

/** All that this process's metrics are computed from, at the moment they are asked for. */
export class MetricsState {
  readonly tasks = new Map<string, TaskFacts>();
  readonly connectors = new Map<string, ConnectorState>();
  readonly autoRestarts = new Map<string, AutoRestartFacts>();
  readonly connectorStartups: Attempts = { succeeded: 0, failed: 0 };
  readonly taskStartups: Attempts = { succeeded: 0, failed: 0 };
  readonly rebalances = { completed: 0, epoch: 0, totalMs: 0, maxMs: 0, lastEndedMs: undefined as number | undefined };
  /** since when a rebalance goes on, milliseconds since the epoch */
  rebalancingSinceMs: number | undefined;

  constructor(readonly now: () => number) {}

  setTaskState(connector: string, task: number, state: ConnectState): void {
    const facts = this.#task(connector, task);
    facts.state = state;
    facts.stalled = false;
  }

  setTaskStall(connector: string, task: number, stalled: boolean): void {
    this.#task(connector, task).stalled = stalled;
  }

  addTaskCounters(connector: string, task: number, counters: TaskCounters): void {
    const facts = this.#task(connector, task);
    const now = this.now();
    const startedAgain = facts.history !== undefined && batchesOf(counters) < batchesOf(facts.history.last);
    if (facts.history === undefined || startedAgain) {
      facts.history = new TaskHistory(now, newTaskCounters(counters.kind));
    } else {
      facts.history.still(now - SNAPSHOT_MS);
    }
    facts.history.add(now, counters);
  }

  /** What has not been heard of for a while has not changed: rates are of now. */
  bringUpToDate(): void {
    const now = this.now();
    for (const { history } of this.tasks.values()) history?.still(now);
  }

  removeTask(connector: string, task: number): void {
    this.tasks.delete(taskKey(connector, task));
  }

  autoRestarted(connector: string): void {
    this.#autoRestarts(connector).restarts++;
  }

  /** undefined: nothing is noted any more */
  setAutoRestart(connector: string, task: number | undefined, state: AutoRestartState | undefined): void {
    if (state === undefined) this.autoRestarts.get(connector)?.states.delete(task);
    else this.#autoRestarts(connector).states.set(task, state);
  }

  removeConnector(connector: string): void {
    this.connectors.delete(connector);
    this.autoRestarts.delete(connector);
  }

  rebalanceStarted(): void {
    this.rebalancingSinceMs ??= this.now();
  }

  rebalanceCompleted(epoch: number): void {
    const now = this.now();
    const tookMs = now - (this.rebalancingSinceMs ?? now);
    this.rebalancingSinceMs = undefined;
    const { rebalances } = this;
    rebalances.completed++;
    rebalances.epoch = epoch;
    rebalances.totalMs += tookMs;
    rebalances.maxMs = Math.max(rebalances.maxMs, tookMs);
    rebalances.lastEndedMs = now;
  }

  #autoRestarts(connector: string): AutoRestartFacts {
    const known = this.autoRestarts.get(connector);
    if (known) return known;
    const facts: AutoRestartFacts = { restarts: 0, states: new Map() };
    this.autoRestarts.set(connector, facts);
    return facts;
  }

  #task(connector: string, task: number): TaskFacts {
    const key = taskKey(connector, task);
    const known = this.tasks.get(key);
    if (known) return known;
    const facts: TaskFacts = { connector, task, state: undefined, stalled: false, history: undefined };
    this.tasks.set(key, facts);
    return facts;
  }
}

const taskKey = (connector: string, task: number): string => `${task}/${connector}`;
const batchesOf = ({ batches, recordFailures }: TaskCounters): number => batches + recordFailures;
