import { randomBytes } from 'node:crypto';
import { sessionKeyBytes } from '@tributary/config-schemas';
import type { ConfigStore, ConfigWriter, SessionKey } from '@tributary/kafka-storage';
import type { Now } from '../change/stages.js';

/** How the key that signs requests among the services is made. */
export interface SessionKeyOptions {
  /** inter.worker.key.generation.algorithm, e.g. HmacSHA256 */
  readonly algorithm: string;
  /** inter.worker.key.size in bits; undefined: what suits the algorithm */
  readonly sizeBits: number | undefined;
  /** inter.worker.key.ttl.ms; 0: a key lasts for ever */
  readonly ttlMs: number;
}

/** Milliseconds until `key` must be replaced: 0 at once, Infinity never. */
export function keyLifetimeLeft(key: SessionKey | undefined, options: SessionKeyOptions, now: number): number {
  const asConfigured =
    key?.algorithm === options.algorithm && key.key.length === sessionKeyBytes(options.algorithm, options.sizeBits);
  if (!asConfigured) return 0;
  return options.ttlMs === 0 ? Infinity : Math.max(0, key.createdAt + options.ttlMs - now);
}

export function newSessionKey(options: SessionKeyOptions, now: number): SessionKey {
  const { algorithm, sizeBits } = options;
  return { key: randomBytes(sessionKeyBytes(algorithm, sizeBits)), algorithm, createdAt: now };
}

/** Writes a session key when there is none that is still good; the leader's duty. */
export class SessionKeyKeeper {
  constructor(
    private readonly configs: ConfigStore,
    private readonly writer: ConfigWriter,
    private readonly options: SessionKeyOptions,
    private readonly now: Now,
  ) {}

  /** Milliseconds until it must be renewed. */
  lifetimeLeft(): number {
    return keyLifetimeLeft(this.configs.snapshot().sessionKey, this.options, this.now());
  }

  async renew(): Promise<void> {
    await this.writer.putSessionKey(newSessionKey(this.options, this.now()));
  }
}
