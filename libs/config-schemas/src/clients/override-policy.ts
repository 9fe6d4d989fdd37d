import { ConfigError, type Config } from '@tributary/connect-api';

/** Says which client properties a connector may override. */
export interface OverridePolicy {
  /** as messages call it */
  readonly name: string;
  allows(property: string): boolean;
}

const PRINCIPAL = new Set(['sasl.jaas.config', 'sasl.mechanism', 'security.protocol']);
const PACKAGE = 'org.apache.kafka.connect.connector.policy.';
const SUFFIX = 'ConnectorClientConfigOverridePolicy';

/** The worker's policy, by its alias or class name; throws a {@link ConfigError} for one that does not exist. */
export function overridePolicy(worker: Pick<Config, 'string' | 'list'>): OverridePolicy {
  const given = worker.string('connector.client.config.override.policy');
  const short = given.startsWith(PACKAGE) ? given.slice(PACKAGE.length) : given;
  const name = short.endsWith(SUFFIX) ? short.slice(0, -SUFFIX.length) : short;
  switch (name) {
    case 'All':
      return { name, allows: () => true };
    case 'None':
      return { name, allows: () => false };
    case 'Principal':
      return { name, allows: (property) => PRINCIPAL.has(property) };
    case 'Allowlist': {
      const allowed = worker.list('connector.client.config.override.allowlist');
      return { name, allows: (property) => allowed.includes(property) };
    }
    default:
      throw new ConfigError(
        `Invalid value ${given} for configuration connector.client.config.override.policy: ` +
          'must be one of: All, None, Principal, Allowlist',
      );
  }
}

/** The properties, without their prefix, that the worker's policy refuses. */
export function refusedOverrides(worker: Pick<Config, 'string' | 'list'>, properties: readonly string[]): string[] {
  const policy = overridePolicy(worker);
  return properties.filter((property) => !policy.allows(property));
}
