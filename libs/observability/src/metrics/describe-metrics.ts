import { TASK_METRICS } from './task-metrics.js';
import { WORKER_METRICS } from './worker-metrics.js';

/** A metric as its readers see it. */
export interface MetricDescription {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly labels: readonly string[];
  readonly help: string;
}

/** All metrics of Kafka Connect that a process may show, in the order in which it shows them. */
export function describeMetrics(): MetricDescription[] {
  const ofTasks = TASK_METRICS.map(({ name, type, help }) => ({ name, type, help, labels: ['connector', 'task'] }));
  return [...WORKER_METRICS.map(({ name, type, help, labels }) => ({ name, type, help, labels })), ...ofTasks];
}
