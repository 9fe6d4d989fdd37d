import { atLeast, ConfigDef } from '@tributary/connect-api';
import type { Props } from '@tributary/connect-api';

/** What a connector runs with. */
export interface ConnectorSettings {
  readonly name: string;
  /** the config as the user wrote it */
  readonly props: Props;
  readonly className: string;
  /** the plugin version or range of versions asked for; undefined: the newest */
  readonly pluginVersion: string | undefined;
  readonly tasksMax: number;
  readonly enforceTasksMax: boolean;
}

const definition = ConfigDef.define({
  'connector.class': { type: 'STRING', importance: 'HIGH', documentation: 'class of the connector' },
  'connector.plugin.version': { type: 'STRING', default: null, importance: 'MEDIUM', documentation: 'its version' },
  'tasks.max': { type: 'INT', default: 1, importance: 'HIGH', documentation: 'most tasks', validator: atLeast(1) },
  'tasks.max.enforce': { type: 'BOOLEAN', default: true, importance: 'LOW', documentation: 'whether more tasks fail' },
});

/** Reads from a connector's config what the runtime needs to run the connector itself; throws a ConfigError. */
export function connectorSettings(name: string, props: Props): ConnectorSettings {
  const config = definition.parse(props);
  return {
    name,
    props,
    className: config.string('connector.class'),
    pluginVersion: config.optionalString('connector.plugin.version'),
    tasksMax: config.int('tasks.max'),
    enforceTasksMax: config.boolean('tasks.max.enforce'),
  };
}
