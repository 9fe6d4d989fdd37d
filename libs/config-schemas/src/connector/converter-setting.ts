import { ConfigError } from '@tributary/connect-api';
import { stripped } from '../properties/stripped.js';
import type { WorkerConfig } from '../worker/worker-config.js';

export type ConverterKey = 'key.converter' | 'value.converter' | 'header.converter';

/** Which converter to make, and how to configure it. */
export interface ConverterSetting {
  readonly className: string;
  readonly version: string | undefined;
  readonly configs: Readonly<Record<string, string>>;
}

/**
 * The converter of a connector. One that the connector names itself sees only the connector's own properties below that
 * key; else the worker's converter sees only the worker's.
 */
export function converterSetting(
  config: Readonly<Record<string, string | null>>,
  key: ConverterKey,
  worker: WorkerConfig,
): ConverterSetting {
  const own = config[key]?.trim();
  const properties = own === undefined ? worker.properties : withoutNulls(config);
  const { 'plugin.version': version, ...configs } = stripped(properties, `${key}.`);
  const className = own ?? worker.optionalString(key);
  if (className === undefined)
    throw new ConfigError(`Missing required configuration "${key}" which has no default value.`);
  return {
    className,
    version: version?.trim(),
    configs: { 'converter.type': key.replace('.converter', ''), ...configs },
  };
}

export function withoutNulls(config: Readonly<Record<string, string | null>>): Record<string, string> {
  const given = Object.entries(config).filter((entry): entry is [string, string] => entry[1] !== null);
  return Object.fromEntries(given);
}
