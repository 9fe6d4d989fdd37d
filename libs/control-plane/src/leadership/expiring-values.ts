import { createHash } from 'node:crypto';
import { hasVariables, type ConfigProviders } from '@tributary/config-schemas';
import type { ConfigListener, ConfigStore, ConnectorConfig } from '@tributary/kafka-storage';
import { loggerFor } from '@tributary/observability';

const log = loggerFor('herder.providers');

/** Longest time that a Node timer can wait, milliseconds. */
const TIMER_LIMIT_MS = 2_147_483_647;

/** What a connector's variables stood for when they were looked at last: only hashes, the values are not kept. */
type Seen = ReadonlyMap<string, string>;

interface Watched {
  readonly config: ConnectorConfig;
  readonly ttlMs: number;
  /** undefined where it could not be read */
  seen: Seen | undefined;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Looks again at the variables of connectors whose config providers give their values for a limited time, while this
 * herder leads. Where a value has changed, connector and tasks are restarted, and read it as they start; not those with
 * `config.action.reload=none`, nor STOPPED ones, which read it when they are resumed. What cannot be found any more
 * changes nothing: a connector that runs is better than one that cannot start.
 */
export class ExpiringValues implements ConfigListener {
  readonly #watched = new Map<string, Watched>();

  constructor(
    private readonly configs: Pick<ConfigStore, 'snapshot'>,
    private readonly providers: ConfigProviders,
    /** restarts the connector and all its tasks */
    private readonly restart: (connector: string) => Promise<void>,
  ) {}

  start(): void {
    for (const name of this.configs.snapshot().connectors()) this.connectorConfigChanged(name);
  }

  stop(): void {
    for (const name of this.#watched.keys()) this.connectorRemoved(name);
  }

  connectorConfigChanged(name: string): void {
    this.connectorRemoved(name);
    const config = this.configs.snapshot().connectorConfig(name);
    if (config === undefined || config['config.action.reload']?.trim() === 'none') return;
    const ttlMs = this.providers.ttlOf(config);
    if (ttlMs === undefined) return;
    const watched: Watched = { config, ttlMs, seen: this.#look(name, config), timer: undefined };
    this.#watched.set(name, watched);
    this.#arm(name, watched);
  }

  connectorRemoved(name: string): void {
    clearTimeout(this.#watched.get(name)?.timer);
    this.#watched.delete(name);
  }

  #arm(name: string, watched: Watched): void {
    const ms = Math.min(watched.ttlMs, TIMER_LIMIT_MS);
    watched.timer = setTimeout(() => void this.#due(name, watched), ms).unref();
  }

  async #due(name: string, watched: Watched): Promise<void> {
    const now = this.#look(name, watched.config);
    if (now !== undefined && differs(watched.seen, now)) await this.#changed(name, watched, now);
    if (this.#watched.get(name) === watched) this.#arm(name, watched);
  }

  async #changed(name: string, watched: Watched, now: Seen): Promise<void> {
    const missing = [...(watched.seen?.keys() ?? [])].filter((variable) => !now.has(variable));
    if (missing.length > 0) {
      log.warn({ connector: name, missing }, 'values are gone: the connector runs on with those that it has');
      return;
    }
    try {
      if (this.configs.snapshot().targetState(name) !== 'STOPPED') {
        log.info({ connector: name }, 'values of config providers have changed: connector and tasks are restarted');
        await this.restart(name);
      }
      watched.seen = now;
    } catch (error) {
      if (this.#watched.get(name) !== watched) return;
      log.warn({ connector: name, err: error }, 'the connector could not be restarted with new values yet');
    }
  }

  #look(name: string, config: ConnectorConfig): Seen | undefined {
    const open = Object.entries(config).filter(([, value]) => hasVariables(value));
    try {
      const { found } = this.providers.resolution(Object.fromEntries(open));
      return new Map([...found].map(([variable, value]) => [variable, hashOf(value)]));
    } catch (error) {
      log.warn({ connector: name, err: error }, 'values of config providers cannot be looked at');
      return undefined;
    }
  }
}

function differs(before: Seen | undefined, now: Seen): boolean {
  if (before?.size !== now.size) return true;
  return [...now].some(([variable, hash]) => before.get(variable) !== hash);
}

function hashOf(value: string): string {
  return createHash('sha256').update(value).digest('base64');
}
