import { BadRequestError } from '@tributary/connect-api';

/** A connector's properties as a client sends them. A null is a value that was given, as JSON's null. */
export type RequestedConfig = Readonly<Record<string, string | null>>;

/** The config with the name of the connector it is for. Throws where it names another connector. */
export function configFor(name: string, requested: RequestedConfig): RequestedConfig {
  const own = requested.name;
  if (own !== undefined && own !== null && own !== name) {
    throw new BadRequestError(
      `Connector name configuration (${own}) doesn't match connector name in the URL (${name})`,
    );
  }
  return own === name ? requested : { ...requested, name };
}

/** What is stored of a valid config: null counts as not given. */
export function withoutNulls(config: RequestedConfig): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(config).filter((entry): entry is [string, string] => entry[1] !== null));
}

/**
 * `config` with the properties of `patch` set and those that are null in it removed; a name that was removed stays
 * missing, for validation to say so. Throws where the patch names another connector.
 */
export function patchedFor(
  name: string,
  config: Readonly<Record<string, string>>,
  patch: RequestedConfig,
): RequestedConfig {
  const merged = withoutNulls({ ...config, ...patch });
  return merged.name === undefined ? merged : configFor(name, merged);
}
