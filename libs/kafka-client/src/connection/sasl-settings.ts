import { parseJaas, type JaasLogin } from '@tributary/config-schemas';
import { ConfigError } from '@tributary/connect-api';
import type { SaslOptions } from 'kafkajs/src/network/connectionPool.js';
import type { PropertyReader } from '../properties/property-reader.js';

const MECHANISMS = {
  PLAIN: 'plain',
  'SCRAM-SHA-256': 'scram-sha-256',
  'SCRAM-SHA-512': 'scram-sha-512',
} as const;

/** Either fits each mechanism, as in Java: they only hand over user and password. */
const MODULES = [
  'org.apache.kafka.common.security.plain.PlainLoginModule',
  'org.apache.kafka.common.security.scram.ScramLoginModule',
];

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
  const login = onlyLogin(jaas);
  return { mechanism: known[1], username: option(login, 'username'), password: option(login, 'password') };
}

function onlyLogin(jaas: string): JaasLogin {
  const logins = parsed(jaas);
  const [login] = logins;
  if (login === undefined || logins.length > 1) {
    throw invalid(`JAAS config property contains ${logins.length} login modules, should be 1 module`);
  }
  if (!MODULES.includes(login.module)) throw invalid(`the login module must be one of: ${MODULES.join(', ')}`);
  if (login.options.get('tokenauth') === 'true') throw invalid('delegation tokens (tokenauth) are not supported');
  return login;
}

function parsed(jaas: string): JaasLogin[] {
  try {
    return parseJaas(jaas);
  } catch (cause) {
    throw invalid(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function option(login: JaasLogin, name: string): string {
  const value = login.options.get(name);
  if (value === undefined) throw invalid(`option ${name} is missing`);
  return value;
}

function invalid(reason: string, cause?: unknown): ConfigError {
  const message = `Invalid configuration sasl.jaas.config: ${reason}`;
  return new ConfigError(message, cause === undefined ? undefined : { cause });
}
