import { BadRequestError, ConfigError, hashMapKeyOrder } from '@tributary/connect-api';
import { converterSetting, type ConverterKey } from '../connector/converter-setting.js';
import type { PluginLookup } from '../plugins/plugin-lookup.js';
import type { WorkerConfig } from '../worker/worker-config.js';
import { configInfo, prefixed, type ConfigInfo } from './config-infos.js';

/** The properties of a converter that the connector names itself; none where it leaves the choice to the worker. */
export function converterSection(
  key: ConverterKey,
  config: Readonly<Record<string, string | null>>,
  worker: WorkerConfig,
  plugins: PluginLookup,
): ConfigInfo[] {
  if (typeof config[key] !== 'string' || config[`${key}.plugin.version`] === null) return [];
  const setting = converterSetting(config, key, worker);
  const definition = definitionOf(key, setting.className, setting.version, plugins);
  if (definition === undefined) return [];
  const nulls = Object.keys(config).filter(
    (name) => name.startsWith(`${key}.`) && name !== `${key}.converter.type` && config[name] === null,
  );
  const given = { ...setting.configs, ...Object.fromEntries(nulls.map((name) => [name.slice(key.length + 1), null])) };
  const values = definition.validateAll(given);
  return hashMapKeyOrder([...values.keys()]).flatMap((name) => {
    const value = values.get(name);
    return value === undefined ? [] : [prefixed(configInfo(definition.keys.get(name), value), `${key}.`)];
  });
}

/** Undefined for a class or version that is not there: the check of the class itself reports that. */
function definitionOf(key: ConverterKey, className: string, version: string | undefined, plugins: PluginLookup) {
  try {
    const plugin = plugins.find(key === 'header.converter' ? 'header_converter' : 'converter', className, version);
    return plugin?.create().config();
  } catch (error) {
    if (error instanceof ConfigError || error instanceof BadRequestError) return undefined;
    throw error;
  }
}
