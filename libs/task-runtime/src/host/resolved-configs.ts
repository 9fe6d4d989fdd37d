import type { Props } from '@tributary/connect-api';
import { connectorSecrets, type Resolution } from '@tributary/config-schemas';
import type { Secrets } from '@tributary/observability';
import type { HostSetting } from '../build/task-setting.js';

/** A connector's configuration and that of one of its tasks. */
export interface TaskConfigs {
  readonly connectorConfig: Props;
  readonly taskConfig: Props;
}

/**
 * What config providers know is put in here, in the plugins' own thread, and goes nowhere else. `secrets` learns what must
 * not be seen of it.
 */
export function resolvedConfigs<T extends TaskConfigs>(given: T, host: HostSetting, secrets: Secrets): T {
  const { providers } = host.worker;
  const connector = providers.resolution(given.connectorConfig);
  const task = providers.resolution(given.taskConfig);
  secrets.add(() => connectorSecrets(connector, host));
  secrets.add(() => connectorSecrets(withClasses(task, connector), host));
  return { ...given, connectorConfig: connector.properties, taskConfig: task.properties };
}

/** A task's properties mean what its connector's do: the classes that define them are named there. */
function withClasses(task: Resolution<string>, connector: Resolution<string>): Resolution<string> {
  return { properties: { ...connector.properties, ...task.properties }, found: task.found };
}
