import { ConfigError, invalidValue, lambda } from '@tributary/connect-api';

/** An address to listen on. `host` is empty for all interfaces; `port` 0 is any free one. */
export interface Listener {
  readonly protocol: 'http' | 'https';
  readonly host: string;
  readonly port: number;
}

const LISTENER = /^(.*):\/\/\[?([0-9a-zA-Z\-%._:]*)\]?:(-?[0-9]+)$/;

/** Reads `protocol://host:port` addresses of a property; throws a {@link ConfigError} that names the wrong one. */
export function parseListeners(addresses: readonly string[], property = 'listeners'): Listener[] {
  return addresses.map((address) => parseListener(address, property));
}

function parseListener(address: string, property: string): Listener {
  const [, protocol, host, port] = LISTENER.exec(address) ?? [];
  if (protocol === undefined || host === undefined || port === undefined) {
    throw invalidValue(property, address, "Listener doesn't have the right format (protocol://hostname:port).");
  }
  const lower = protocol.toLowerCase();
  if (lower !== 'http' && lower !== 'https') {
    throw invalidValue(property, address, 'Listener protocol must be either "http" or "https".');
  }
  const number = Number(port);
  if (number < 0 || number > 65535) {
    throw invalidValue(property, address, 'the port must be from 0 (any free one) to 65535.');
  }
  return { protocol: lower, host, port: number };
}

const NO_LISTENERS =
  'Invalid value for listeners, at least one URL is expected, ex: http://localhost:8080,https://localhost:8443.';

/** At least one address, all of them well formed. */
export const listenersValidator = lambda((name, value) => {
  if (!Array.isArray(value) || value.length === 0)
    throw new ConfigError(`Invalid value [] for configuration ${name}: ${NO_LISTENERS}`);
  checkAddresses(name, value);
}, 'List of comma-separated URLs, ex: http://localhost:8080,https://localhost:8443.');

/** As {@link listenersValidator}; none at all is allowed too. */
export const adminListenersValidator = lambda((name, value) => {
  if (Array.isArray(value)) checkAddresses(name, value);
}, 'List of comma-separated URLs, ex: http://localhost:8080,https://localhost:8443, or nothing.');

function checkAddresses(property: string, addresses: readonly string[]): void {
  if (addresses.includes('')) throw new ConfigError('Empty URL found when parsing listeners list.');
  parseListeners(addresses, property);
}
