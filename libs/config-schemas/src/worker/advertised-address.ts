import { isIPv6 } from 'node:net';
import { ConfigError, invalidValue, lambda, type Config } from '@tributary/connect-api';
import type { Listener } from './listeners.js';

/** The address by which others reach this process. */
export interface AdvertisedAddress {
  /** ends with a slash, e.g. `http://localhost:8083/` */
  readonly url: string;
  /** `host:port`, the worker's id in statuses */
  readonly workerId: string;
}

/** What the properties ask for; where they say nothing, the listeners do. */
export interface AskedAddress {
  readonly protocol: string | undefined;
  readonly host: string | undefined;
  /** 0: the listener's */
  readonly port: number;
}

const ALL_INTERFACES = ['', '0.0.0.0', '::'];

/**
 * The advertised address: the protocol that is asked for, else http if anything listens on it, else https; then the first
 * listener of that protocol gives host and port unless these are asked for too. With all three, nothing needs to listen: the
 * address is that of a proxy. Throws a {@link ConfigError} where there is no such listener.
 */
export function advertisedAddress(
  asked: AskedAddress,
  listeners: readonly Listener[],
  boundPort: (listener: Listener) => number,
  /** stands for all interfaces */
  localHost: string,
): AdvertisedAddress {
  const protocol = asked.protocol ?? (listeners.some((each) => each.protocol === 'http') ? 'http' : 'https');
  const listener = listeners.find((each) => each.protocol === protocol);
  if (listener === undefined && (asked.host === undefined || asked.port === 0)) {
    throw invalidValue(
      'rest.advertised.listener',
      protocol,
      `no listener of this process has that protocol (${listeners.map(urlOf).join(', ')}). Add one, or give ` +
        'rest.advertised.host.name and rest.advertised.port of the proxy that listens for it',
    );
  }
  const host = asked.host ?? (listener === undefined ? localHost : hostOf(listener, localHost));
  const port = asked.port === 0 && listener !== undefined ? portOf(listener, boundPort) : asked.port;
  const workerId = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return { url: `${protocol}://${workerId}/`, workerId };
}

/** Throws what {@link advertisedAddress} would, before anything listens. */
export function checkAdvertising(asked: AskedAddress, listeners: readonly Listener[]): void {
  advertisedAddress(asked, listeners, () => 1, 'localhost');
}

/**
 * What `rest.advertised.*` asks for. Protocol and port are about listeners that somebody has chosen: where `ownListeners` is
 * false they are the REST API's, as in a file that was a worker's of the reference, and mean nothing to this service.
 */
export function askedAddress(config: Config, ownListeners: boolean): AskedAddress {
  const host = config.optionalString('rest.advertised.host.name')?.replace(/^\[(.*)\]$/, '$1') || undefined;
  if (!ownListeners) return { protocol: undefined, host, port: 0 };
  return {
    protocol: config.optionalString('rest.advertised.listener')?.toLowerCase() || undefined,
    host,
    port: config.optionalInt('rest.advertised.port') ?? 0,
  };
}

function hostOf(listener: Listener, localHost: string): string {
  const { host } = listener;
  if (ALL_INTERFACES.includes(host)) return localHost;
  if (isHost(host)) return host;
  throw new ConfigError(
    `The host of listener ${urlOf(listener)} is none by which others reach it: set rest.advertised.host.name`,
  );
}

const portOf = (listener: Listener, boundPort: (listener: Listener) => number) =>
  listener.port > 0 ? listener.port : boundPort(listener);

const urlOf = ({ protocol, host, port }: Listener) =>
  `${protocol}://${host.includes(':') ? `[${host}]` : host}:${port}`;

/** A name or an address that can stand in a URL; zones of IPv6 addresses cannot. */
const isHost = (text: string) =>
  text.includes(':') ? isIPv6(text) && !text.includes('%') : /^[\p{L}\p{N}._-]+$/u.test(text);

export const advertisedProtocol = lambda((name, value) => {
  if (value === null || value === '' || (typeof value === 'string' && /^https?$/i.test(value))) return;
  throw invalidValue(name, value, 'Listener protocol must be either "http" or "https".');
}, 'http or https');

export const advertisedHost = lambda((name, value) => {
  if (typeof value !== 'string' || value === '' || isHost(value.replace(/^\[(.*:.*)\]$/, '$1'))) return;
  throw invalidValue(name, value, 'expected the name or the IP address of a host, without protocol, port or path');
}, 'a host name or IP address');

const MAX_PORT = 65_535;

export const advertisedPort = lambda((name, value) => {
  if (value === null || (typeof value === 'number' && value >= 0 && value <= MAX_PORT)) return;
  throw invalidValue(name, value, `the port must be from 1 to ${MAX_PORT}, or 0 for that of the listener`);
}, `0 to ${MAX_PORT}`);
