import type { Attempts, AutoRestartState, ConnectState, MetricsState } from './connect-state.js';

export interface LabelledValue {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric of the whole process. */
export interface WorkerMetric {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  readonly labels: readonly string[];
  values(state: MetricsState): readonly LabelledValue[];
}

type Single = (state: MetricsState) => number | undefined;

const metric = (name: string, type: 'counter' | 'gauge', help: string, single: Single): WorkerMetric => ({
  name,
  type,
  help,
  labels: [],
  values: (state) => {
    const value = single(state);
    return value === undefined ? [] : [{ labels: {}, value }];
  },
});

const WORKER = 'kafka_connect_worker';
const REBALANCE = 'kafka_connect_worker_rebalance';

const startups = (what: 'connector' | 'task', of: (state: MetricsState) => Attempts): WorkerMetric[] => [
  metric(
    `${WORKER}_${what}_startup_attempts_total`,
    'counter',
    `Starts of a ${what}`,
    (state) => of(state).succeeded + of(state).failed,
  ),
  metric(
    `${WORKER}_${what}_startup_success_total`,
    'counter',
    `Starts of a ${what} that succeeded`,
    (state) => of(state).succeeded,
  ),
  metric(
    `${WORKER}_${what}_startup_failure_total`,
    'counter',
    `Starts of a ${what} that failed`,
    (state) => of(state).failed,
  ),
];

/** Tasks of a connector that are in one state here. */
const tasksIn = (state: ConnectState): WorkerMetric => ({
  name: `${WORKER}_connector_${state.toLowerCase()}_task_count`,
  type: 'gauge',
  help: `Tasks of the connector here that are ${state}`,
  labels: ['connector'],
  values: (metrics) => countByConnector(metrics, (task) => task.state === state),
});

/** Of a connector and its tasks, those that the leader notes to be so. */
const autoRestartsIn = (state: AutoRestartState, name: string, help: string): WorkerMetric => ({
  name: `${WORKER}_connector_auto_restart_${name}`,
  type: 'gauge',
  help,
  labels: ['connector'],
  values: ({ autoRestarts }) =>
    [...autoRestarts].map(([connector, { states }]) => ({
      labels: { connector },
      value: [...states.values()].filter((each) => each === state).length,
    })),
});

/** Names are those that the JMX exporter's usual rules make of the reference's metrics, where it has them. */
export const WORKER_METRICS: readonly WorkerMetric[] = [
  metric(`${WORKER}_connector_count`, 'gauge', 'Connectors that run here', ({ connectors }) => connectors.size),
  metric(`${WORKER}_task_count`, 'gauge', 'Tasks that run here', ({ tasks }) => tasks.size),
  ...startups('connector', ({ connectorStartups }) => connectorStartups),
  ...startups('task', ({ taskStartups }) => taskStartups),
  {
    name: `${WORKER}_connector_total_task_count`,
    type: 'gauge',
    help: 'Tasks of the connector here',
    labels: ['connector'],
    values: (metrics) => countByConnector(metrics, () => true),
  },
  ...(['RUNNING', 'PAUSED', 'FAILED', 'UNASSIGNED', 'DESTROYED', 'RESTARTING'] as const).map(tasksIn),
  {
    name: 'kafka_connect_connector_status',
    type: 'gauge',
    help: '1 for the state in which a task is',
    labels: ['connector', 'task', 'status'],
    values: ({ tasks }) =>
      [...tasks.values()].flatMap(({ connector, task, state }) =>
        state === undefined ? [] : [one({ connector, task: String(task), status: state.toLowerCase() })],
      ),
  },
  {
    name: 'kafka_connect_connector_task_stalled',
    type: 'gauge',
    help: '1 for a task of which a call does not end; others are not shown',
    labels: ['connector', 'task'],
    values: ({ tasks }) =>
      [...tasks.values()].flatMap(({ connector, task, stalled }) =>
        stalled ? [one({ connector, task: String(task) })] : [],
      ),
  },
  {
    name: 'kafka_connect_connector_info',
    type: 'gauge',
    help: '1 for the state in which a connector is, with what it is made of',
    labels: ['connector', 'connector_type', 'connector_class', 'connector_version', 'status'],
    values: ({ connectors }) =>
      [...connectors.values()].map(({ connector, state, facts }) =>
        one({
          connector,
          connector_type: facts.type,
          connector_class: facts.class,
          connector_version: facts.version,
          status: state.toLowerCase(),
        }),
      ),
  },
  {
    name: `${WORKER}_connector_auto_restarts_total`,
    type: 'counter',
    help: 'Restarts of the connector or its tasks that the leader has asked for by itself',
    labels: ['connector'],
    values: ({ autoRestarts }) =>
      [...autoRestarts].map(([connector, { restarts }]) => ({ labels: { connector }, value: restarts })),
  },
  autoRestartsIn('waiting', 'waiting_count', 'Of the connector and its tasks, those that wait for such a restart'),
  autoRestartsIn('given up', 'given_up_count', 'Of the connector and its tasks, those that are not restarted any more'),
  metric(
    `${REBALANCE}_completed_rebalances_total`,
    'counter',
    'Rebalances that this member took part in',
    ({ rebalances }) => rebalances.completed,
  ),
  metric(`${REBALANCE}_epoch`, 'gauge', 'Generation of the group', ({ rebalances }) => rebalances.epoch),
  metric(`${REBALANCE}_rebalancing`, 'gauge', '1 while a rebalance goes on', ({ rebalancingSinceMs }) =>
    rebalancingSinceMs === undefined ? 0 : 1,
  ),
  metric(
    `${REBALANCE}_rebalance_avg_time_ms`,
    'gauge',
    'Average time of a rebalance, milliseconds',
    ({ rebalances }) => (rebalances.completed > 0 ? rebalances.totalMs / rebalances.completed : 0),
  ),
  metric(
    `${REBALANCE}_rebalance_max_time_ms`,
    'gauge',
    'Longest rebalance, milliseconds',
    ({ rebalances }) => rebalances.maxMs,
  ),
  metric(
    `${REBALANCE}_time_since_last_rebalance_ms`,
    'gauge',
    'Time since the last rebalance, milliseconds',
    ({ rebalances, now }) => (rebalances.lastEndedMs === undefined ? undefined : now() - rebalances.lastEndedMs),
  ),
];

function one(labels: Record<string, string>): LabelledValue {
  return { labels, value: 1 };
}

function countByConnector(
  { tasks }: MetricsState,
  counted: (task: { state: ConnectState | undefined }) => boolean,
): LabelledValue[] {
  const counts = new Map<string, number>();
  for (const task of tasks.values()) {
    counts.set(task.connector, (counts.get(task.connector) ?? 0) + (counted(task) ? 1 : 0));
  }
  return [...counts].map(([connector, value]) => ({ labels: { connector }, value }));
}
