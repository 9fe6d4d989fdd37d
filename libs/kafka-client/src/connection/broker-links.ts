import { loggerFor } from '@tributary/observability';
import { KafkaError } from '../errors.js';
import { backoffMs } from './backoff.js';
import { delay } from './delay.js';
import { BrokerLink } from './broker-link.js';
import type { ConnectionSettings, HostPort } from './connection-settings.js';
import type { KafkaRequest, Lane } from './request.js';

const log = loggerFor('kafka.connection');

/** How reaching an address went lately. */
interface AddressState {
  failures: number;
  /** when it may be tried again, ms since the epoch */
  notBefore: number;
  /** since when it cannot be reached */
  downSince: number | undefined;
}

/**
 * The open links of a client, one per broker address and lane, made when they are needed. A lost link is replaced at the
 * next request; an address that cannot be reached is tried again after `reconnect.backoff.ms`, doubling up to
 * `reconnect.backoff.max.ms`. One warning when a broker is lost, one line when it is back.
 */
export class BrokerLinks {
  private readonly links = new Map<string, BrokerLink>();
  private readonly opening = new Map<string, Promise<BrokerLink>>();
  private readonly addresses = new Map<string, AddressState>();
  private readonly closing = new AbortController();

  constructor(private readonly settings: ConnectionSettings) {}

  get closed(): boolean {
    return this.closing.signal.aborted;
  }

  get closeSignal(): AbortSignal {
    return this.closing.signal;
  }

  async send<T>(target: HostPort, lane: Lane, request: KafkaRequest<T>): Promise<T> {
    const link = await this.link(target, lane);
    try {
      const answer = await link.send(request);
      this.reached(link.address);
      return answer;
    } catch (error) {
      if (!this.closed && error instanceof KafkaError && !link.open) this.lost(link.address, error);
      throw error;
    }
  }

  /** The highest version that both sides know; a broker that knows none is refused. */
  async version(
    target: HostPort,
    lane: Lane,
    apiKey: number,
    name: string,
    ours: { min: number; max: number },
  ): Promise<number> {
    const link = await this.link(target, lane);
    const theirs = link.versions[apiKey];
    const version = Math.min(ours.max, theirs?.maxVersion ?? -1);
    if (theirs !== undefined && version >= Math.max(ours.min, theirs.minVersion)) return version;
    throw new KafkaError(
      `${name} requests of versions ${ours.min} to ${ours.max} are not supported by broker ${link.address}` +
        (theirs === undefined ? '' : `, which takes ${theirs.minVersion} to ${theirs.maxVersion}`),
      {
        retriable: false,
        kafkaCode: 'UNSUPPORTED_VERSION',
        referenceClass: 'org.apache.kafka.common.errors.UnsupportedVersionException',
      },
    );
  }

  /** True where a request would not have to connect first. */
  hasOpen(target: HostPort, lane: Lane): boolean {
    return this.links.get(keyOf(target, lane))?.open === true;
  }

  /** Closes all links; requests that wait are rejected. Idempotent. */
  close(): void {
    this.closing.abort();
    for (const link of this.links.values()) link.close('the client was closed');
    this.links.clear();
  }

  private async link(target: HostPort, lane: Lane): Promise<BrokerLink> {
    if (this.closed) throw closedError();
    const key = keyOf(target, lane);
    const existing = this.links.get(key);
    if (existing?.open === true) return existing;
    const opening = this.opening.get(key) ?? this.open(target, key).finally(() => this.opening.delete(key));
    this.opening.set(key, opening);
    return opening;
  }

  private async open(target: HostPort, key: string): Promise<BrokerLink> {
    const address = `${target.host}:${target.port}`;
    const state = this.state(address);
    await delay(state.notBefore - Date.now(), this.closing.signal);
    if (this.closed) throw closedError();
    try {
      const link = await BrokerLink.open(target, this.settings);
      if (this.closed) {
        link.close('the client was closed');
        throw closedError();
      }
      this.links.set(key, link);
      this.reached(address);
      return link;
    } catch (error) {
      const { reconnectBackoffMs, reconnectBackoffMaxMs } = this.settings;
      state.failures++;
      state.notBefore = Date.now() + backoffMs(state.failures, reconnectBackoffMs, reconnectBackoffMaxMs);
      if (!this.closed && error instanceof KafkaError) this.lost(address, error);
      throw error;
    }
  }

  private reached(address: string): void {
    const state = this.state(address);
    state.failures = 0;
    state.notBefore = 0;
    if (state.downSince === undefined) return;
    const downMs = Date.now() - state.downSince;
    state.downSince = undefined;
    log.info({ client: this.settings.clientId, broker: address, downMs }, 'broker can be reached again');
  }

  private lost(address: string, error: KafkaError): void {
    const state = this.state(address);
    if (state.downSince !== undefined) return;
    state.downSince = Date.now();
    log.warn(
      { client: this.settings.clientId, broker: address, reason: error.message },
      error.retriable ? 'broker cannot be reached, trying again' : 'broker refuses the connection',
    );
  }

  private state(address: string): AddressState {
    const existing = this.addresses.get(address);
    if (existing !== undefined) return existing;
    const fresh: AddressState = { failures: 0, notBefore: 0, downSince: undefined };
    this.addresses.set(address, fresh);
    return fresh;
  }
}

function keyOf(target: HostPort, lane: Lane): string {
  return `${lane} ${target.host}:${target.port}`;
}

function closedError(): KafkaError {
  return new KafkaError('the client was closed', { retriable: false });
}
