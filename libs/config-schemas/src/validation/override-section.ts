import { hashMapKeyOrder, parseConfigValue, type ConfigValue, type RawProps } from '@tributary/connect-api';
import { clientDefinitions, type ClientKind } from '../clients/client-keys.js';
import { overridePolicy } from '../clients/override-policy.js';
import type { WorkerConfig } from '../worker/worker-config.js';
import { configInfo, prefixed, type ConfigInfo } from './config-infos.js';

/**
 * The client properties that a connector overrides. Values are read as the client's type, which throws a `ConfigError`,
 * but not validated: that is the client's task when it is made. The worker's policy may refuse each of them.
 */
export function overrideSection(kind: ClientKind, config: RawProps, worker: WorkerConfig): ConfigInfo[] {
  const prefix = `${kind}.override.`;
  const policy = overridePolicy(worker);
  const names = hashMapKeyOrder(Object.keys(config))
    .filter((name) => name.startsWith(prefix) && config[name] !== undefined)
    .map((name) => name.slice(prefix.length));
  return hashMapKeyOrder(names).map((name) => {
    const text = config[prefix + name] ?? null;
    const key = clientDefinitions[kind].keys.get(name);
    const allowed = policy.allows(name);
    const value: ConfigValue = {
      name,
      value: key === undefined ? text : parseConfigValue(name, text, key.type),
      recommendedValues: [],
      errors: allowed
        ? []
        : [`The '${policy.name}' policy does not allow '${name}' to be overridden in the connector configuration.`],
      visible: true,
    };
    return prefixed(configInfo(key, value), prefix);
  });
}
