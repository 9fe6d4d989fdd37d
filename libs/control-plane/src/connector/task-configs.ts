import type { ClusterConfig, ConnectorConfig, TaskConfig } from '@tributary/kafka-storage';
import { TooManyTasksError } from '../errors.js';

/** What a connector said when it was asked for its tasks. */
export interface GeneratedTasks {
  /** full class name of the connector's task */
  readonly taskClass: string;
  readonly configs: readonly Readonly<Record<string, string>>[];
  /** the connector's tasks.max */
  readonly tasksMax: number;
  /** tasks.max.enforce */
  readonly enforceTasksMax: boolean;
}

/** Properties of a connector that each of its tasks is given too. */
const INHERITED = ['topics', 'topics.regex'];

/**
 * The task configs as they are stored: what the connector returned, plus task.class, plus the connector's own topics or
 * topics.regex. Throws a {@link TooManyTasksError}.
 */
export function storedTaskConfigs(
  name: string,
  connectorConfig: ConnectorConfig,
  generated: GeneratedTasks,
): readonly TaskConfig[] {
  const count = generated.configs.length;
  if (generated.enforceTasksMax && count > generated.tasksMax) {
    throw new TooManyTasksError(name, count, generated.tasksMax);
  }
  return generated.configs.map((config) => {
    const stored: Record<string, string> = { ...config, 'task.class': generated.taskClass };
    for (const key of INHERITED) {
      const value = connectorConfig[key];
      if (value !== undefined) stored[key] = value;
    }
    return stored;
  });
}

/**
 * Whether `configs` must be written: they differ from the current ones, or the current ones were made from another
 * connector config (then the tasks must start again, for they use some of it themselves).
 */
export function mustPublish(snapshot: ClusterConfig, name: string, configs: readonly TaskConfig[]): boolean {
  const current = snapshot.tasks(name);
  if (snapshot.inconsistentConnectors.has(name) || current.length !== configs.length) return true;
  if (current.some((id) => !sameProperties(snapshot.taskConfig(id), configs[id.task]))) return true;
  return !sameProperties(snapshot.appliedConnectorConfig(name), snapshot.connectorConfig(name));
}

function sameProperties(
  left: Readonly<Record<string, string>> | undefined,
  right: Readonly<Record<string, string>> | undefined,
): boolean {
  if (left === undefined || right === undefined) return left === right;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => left[key] === right[key]);
}
