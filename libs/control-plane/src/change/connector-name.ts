import { BadRequestError } from '@tributary/connect-api';

/** A connector's properties as a client sends them. A property that is null counts as not given. */
export type RequestedConfig = Readonly<Record<string, string | null>>;

/**
 * The config as it will be stored: without nulls, and with the name of the connector it is for. Throws where it names
 * another connector.
 */
export function configFor(name: string, requested: RequestedConfig): Readonly<Record<string, string>> {
  const config: Record<string, string> = {};
  for (const [key, value] of Object.entries(requested)) {
    if (value !== null) config[key] = value;
  }
  if (config.name !== undefined && config.name !== name) {
    throw new BadRequestError(
      `Connector name configuration (${config.name}) doesn't match connector name in the URL (${name})`,
    );
  }
  config.name ??= name;
  return config;
}

/** `config` with the properties of `patch` set; those that are null in it removed. */
export function patched(config: Readonly<Record<string, string>>, patch: RequestedConfig): Record<string, string> {
  const result: Record<string, string> = { ...config };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = value;
  }
  return result;
}
