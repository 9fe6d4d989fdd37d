import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { ConfigError } from '@tributary/connect-api';
import type { PropertyReader } from '../properties/property-reader.js';

/**
 * Node's TLS options from `ssl.*`. Trust stores: PEM, in a file or in the property. Key stores: PEM in either place, or
 * a PKCS12 file. Java's own key store format has to be converted first.
 */
export function tlsOptions(reader: PropertyReader): ConnectionOptions {
  const checkName = reader.properties['ssl.endpoint.identification.algorithm']?.trim() !== '';
  return {
    ...trust(reader),
    ...identity(reader),
    ...(checkName ? {} : { checkServerIdentity: () => undefined }),
    ...versions(reader),
  };
}

function trust(reader: PropertyReader): ConnectionOptions {
  const inline = reader.optional('ssl.truststore.certificates');
  if (inline !== undefined) return { ca: pem(inline) };
  const location = reader.optional('ssl.truststore.location');
  if (location === undefined) return {};
  storeType(reader, 'ssl.truststore.type', ['PEM']);
  return { ca: readFile('ssl.truststore.location', location) };
}

function identity(reader: PropertyReader): ConnectionOptions {
  const passphrase = reader.optional('ssl.key.password');
  const key = reader.optional('ssl.keystore.key');
  const chain = reader.optional('ssl.keystore.certificate.chain');
  if (key !== undefined && chain !== undefined) {
    return { key: pem(key), cert: pem(chain), ...(passphrase === undefined ? {} : { passphrase }) };
  }
  const location = reader.optional('ssl.keystore.location');
  if (location === undefined) return {};
  const content = readFile('ssl.keystore.location', location);
  if (storeType(reader, 'ssl.keystore.type', ['PEM', 'PKCS12']) === 'PKCS12') {
    const storePassword = reader.optional('ssl.keystore.password') ?? passphrase;
    return { pfx: content, ...(storePassword === undefined ? {} : { passphrase: storePassword }) };
  }
  return { key: content, cert: content, ...(passphrase === undefined ? {} : { passphrase }) };
}

function versions(reader: PropertyReader): ConnectionOptions {
  const names = reader.list('ssl.enabled.protocols');
  if (names.length === 0) return { minVersion: 'TLSv1.2' };
  const known = (['TLSv1.2', 'TLSv1.3'] as const).filter((version) => names.includes(version));
  const [oldest, newest] = [known[0], known.at(-1)];
  if (oldest === undefined || newest === undefined) {
    throw new ConfigError(
      `Invalid value ${names.join(',')} for configuration ssl.enabled.protocols: allowed are TLSv1.2, TLSv1.3`,
    );
  }
  return { minVersion: oldest, maxVersion: newest };
}

function storeType(reader: PropertyReader, name: string, allowed: readonly string[]): string {
  const type = reader.optional(name) ?? 'JKS';
  if (!allowed.includes(type)) {
    throw new ConfigError(
      `Invalid value ${type} for configuration ${name}: String must be one of: ${allowed.join(', ')}`,
    );
  }
  return type;
}

/** A PEM block that came through a properties file may have its line ends written as `\n`. */
function pem(text: string): string {
  return text.replaceAll('\\n', '\n');
}

function readFile(name: string, location: string): Buffer {
  try {
    return readFileSync(location);
  } catch (cause) {
    throw new ConfigError(`Invalid value ${location} for configuration ${name}: the file cannot be read`, { cause });
  }
}
