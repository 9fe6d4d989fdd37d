import { ConfigError } from '@tributary/connect-api';
import type { SaslOptions } from 'kafkajs/src/network/connectionPool.js';
import type { PropertyReader } from '../properties/property-reader.js';

const MECHANISMS = {
  PLAIN: 'plain',
  'SCRAM-SHA-256': 'scram-sha-256',
  'SCRAM-SHA-512': 'scram-sha-512',
} as const;

/** User and password out of `sasl.jaas.config`. Its value is never part of an error. */
export function saslOptions(reader: PropertyReader): SaslOptions {
  const mechanism = reader.optional('sasl.mechanism') ?? 'GSSAPI';
  const known = Object.entries(MECHANISMS).find(([name]) => name === mechanism);
  if (known === undefined) {
    throw new ConfigError(
      `Invalid value ${mechanism} for configuration sasl.mechanism: String must be one of: ${Object.keys(MECHANISMS).join(', ')}`,
    );
  }
  const jaas = reader.optional('sasl.jaas.config');
  if (jaas === undefined) {
    throw new ConfigError(`Missing required configuration "sasl.jaas.config" for sasl.mechanism ${mechanism}.`);
  }
  return { mechanism: known[1], username: jaasOption(jaas, 'username'), password: jaasOption(jaas, 'password') };
}

/** `LoginModule required username="u" password="p";` with single, double or no quotes, and backslash escapes. */
function jaasOption(jaas: string, option: string): string {
  const match = new RegExp(`\\b${option}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|'((?:[^'\\\\]|\\\\.)*)'|([^\\s;]+))`).exec(
    jaas,
  );
  const value = match?.[1] ?? match?.[2] ?? match?.[3];
  if (value === undefined) {
    throw new ConfigError(`Invalid configuration sasl.jaas.config: option ${option} is missing`);
  }
  return value.replace(/\\(.)/g, '$1');
}
