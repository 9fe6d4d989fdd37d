import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { TaskCounters } from '../task-counters.js';
import { MetricsState, type AutoRestartState, type ConnectorFacts, type ConnectState } from './connect-state.js';
import { TASK_METRICS, type TaskMetric } from './task-metrics.js';
import { WORKER_METRICS, type LabelledValue, type WorkerMetric } from './worker-metrics.js';

/** What a scrape answers. */
export interface RenderedMetrics {
  readonly contentType: string;
  readonly body: string;
}

/** A connector, or with `task` one of its tasks. */
interface Restarted {
  readonly connector: string;
  readonly task?: number | undefined;
}

interface AutoRestartNote {
  readonly nextAt: number | null;
  readonly givenUp: string | null;
}

function autoRestartState({ nextAt, givenUp }: AutoRestartNote): AutoRestartState {
  if (nextAt !== null) return 'waiting';
  return givenUp === null ? 'watched' : 'given up';
}

/**
 * The metrics of one process. Updates only remember facts; every value is computed when somebody scrapes, so that
 * nothing is left behind of a task that is gone.
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #state: MetricsState;
  #processMetrics = false;

  /** `now`: milliseconds since the epoch */
  constructor(now: () => number = () => Date.now()) {
    this.#state = new MetricsState(now);
    for (const metric of WORKER_METRICS) this.#register(metric, () => metric.values(this.#state));
    for (const metric of TASK_METRICS) {
      this.#register({ ...metric, labels: ['connector', 'task'] }, () => this.#taskValues(metric));
    }
  }

  /** The last snapshot of a task's counters, which comes a second after the one before or when they change again. */
  readonly publishTaskCounters = (connector: string, task: number, counters: TaskCounters): void =>
    this.#state.addTaskCounters(connector, task, counters);

  readonly publishTaskState = (connector: string, task: number, state: ConnectState): void =>
    this.#state.setTaskState(connector, task, state);

  /** A call of the task has not ended for too long, or has ended now. The next state ends a stall too. */
  readonly publishTaskStall = (connector: string, task: number, stalled: boolean): void =>
    this.#state.setTaskStall(connector, task, stalled);

  /** The task is not this process's any more. A failed task keeps its metrics. */
  readonly removeTask = (connector: string, task: number): void => this.#state.removeTask(connector, task);

  readonly publishConnector = (connector: string, state: ConnectState, facts: ConnectorFacts): void =>
    void this.#state.connectors.set(connector, { connector, state, facts });

  readonly removeConnector = (connector: string): void => this.#state.removeConnector(connector);

  /** The leader restarts a connector, or one of its tasks, by itself. */
  readonly autoRestarted = ({ connector }: Restarted): void => this.#state.autoRestarted(connector);

  /** What the leader has noted of it; undefined: nothing any more. */
  readonly publishAutoRestart = ({ connector, task }: Restarted, noted: AutoRestartNote | undefined): void =>
    this.#state.setAutoRestart(connector, task, noted && autoRestartState(noted));

  readonly connectorStartup = (succeeded: boolean): void =>
    void this.#state.connectorStartups[succeeded ? 'succeeded' : 'failed']++;

  readonly taskStartup = (succeeded: boolean): void =>
    void this.#state.taskStartups[succeeded ? 'succeeded' : 'failed']++;

  readonly rebalanceStarted = (): void => this.#state.rebalanceStarted();

  /** `epoch`: the group's generation */
  readonly rebalanceCompleted = (epoch: number): void => this.#state.rebalanceCompleted(epoch);

  /** Everything in Prometheus' text format, with the process's own metrics from the first call on. */
  readonly render = async (): Promise<RenderedMetrics> => {
    if (!this.#processMetrics) collectDefaultMetrics({ register: this.#registry });
    this.#processMetrics = true;
    this.#state.bringUpToDate();
    return { contentType: this.#registry.contentType, body: await this.#registry.metrics() };
  };

  #taskValues({ kind, value }: TaskMetric): LabelledValue[] {
    const values: LabelledValue[] = [];
    for (const { connector, task, history } of this.#state.tasks.values()) {
      if (history === undefined || (kind !== undefined && history.last.kind !== kind)) continue;
      const number = value(history);
      if (Number.isFinite(number)) values.push({ labels: { connector, task: String(task) }, value: number });
    }
    return values;
  }

  #register(
    { name, help, type, labels }: Pick<WorkerMetric, 'name' | 'help' | 'type' | 'labels'>,
    values: () => readonly LabelledValue[],
  ): void {
    const options = { name, help, labelNames: [...labels], registers: [this.#registry] };
    if (type === 'counter') {
      const counter: Counter = new Counter({
        ...options,
        collect: () => {
          counter.reset();
          for (const each of values()) counter.inc(each.labels, each.value);
        },
      });
      return;
    }
    const gauge: Gauge = new Gauge({
      ...options,
      collect: () => {
        gauge.reset();
        for (const each of values()) gauge.set(each.labels, each.value);
      },
    });
  }
}

/** This process's metrics. */
export const metrics = new Metrics();

/** Everything in Prometheus' text format. */
export const renderMetrics = (): Promise<RenderedMetrics> => metrics.render();
