import type { ConfigDef, RawProps } from '@tributary/connect-api';
import { configInfo, type ConfigInfo } from './config-infos.js';
import { checkOwn } from './own-rules.js';

/** Those of our own properties that a configuration contains, in the order of their `definition`. */
export function ownSection(definition: ConfigDef, config: RawProps): ConfigInfo[] {
  const given = [...definition.keys.values()].filter(({ name }) => typeof config[name] === 'string');
  const values = definition.validateAll(config);
  checkOwn(values, config);
  return given.flatMap((key) => {
    const value = values.get(key.name);
    return value === undefined ? [] : [configInfo(key, value)];
  });
}
