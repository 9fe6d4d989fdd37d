import { setTimeout as delay } from 'node:timers/promises';
import { RetriableError } from '@tributary/connect-api';
import type { WorkerConfig } from '@tributary/config-schemas';
import type { ConfigStore, SessionKey } from '@tributary/kafka-storage';

/** With which algorithms requests are signed and accepted. */
export interface SigningAlgorithms {
  /** inter.worker.signature.algorithm */
  readonly signature: string;
  /** inter.worker.verification.algorithms */
  readonly verification: readonly string[];
}

const USUAL_ALGORITHMS: SigningAlgorithms = { signature: 'HmacSHA256', verification: ['HmacSHA256'] };

/**
 * How long a key counts after a newer one was read, milliseconds: for requests on their way, and processes that have not
 * read the newer one yet.
 */
export const RETIRED_KEY_MS = 30_000;

/** More keys than that do not count, however short their lives are. */
const MAX_RETIRED = 16;

/** How often the topic is read for nothing but a signature, milliseconds. */
const REFRESH_PACE_MS = 250;

/** How long that may take, milliseconds. */
const REFRESH_LIMIT_MS = 10_000;

type KeyStore = Pick<ConfigStore, 'snapshot' | 'refresh' | 'subscribe'>;

/** The session keys that are good now: the newest, and for a while those before it. */
export class SessionKeys {
  private newest: SessionKey | undefined;
  private retired: { readonly key: SessionKey; readonly until: number }[] = [];
  private nextRefresh: Promise<void> | undefined;
  private refreshedAt = -Infinity;

  constructor(
    private readonly store: KeyStore,
    readonly algorithms: SigningAlgorithms = USUAL_ALGORITHMS,
    /** milliseconds of a clock that is never set back */
    private readonly now: () => number = () => performance.now(),
  ) {
    store.subscribe({
      sessionKeyChanged: (key) => {
        this.learn(key);
        this.current();
      },
    });
  }

  /** For a service with these properties. */
  static for(config: WorkerConfig, store: KeyStore): SessionKeys {
    return new SessionKeys(store, {
      signature: config.string('inter.worker.signature.algorithm'),
      verification: config.list('inter.worker.verification.algorithms'),
    });
  }

  /** undefined while no leader has made one */
  current(): SessionKey | undefined {
    const key = this.store.snapshot().sessionKey;
    if (key !== undefined) this.learn(key);
    return key;
  }

  /** The newest first. */
  accepted(): readonly SessionKey[] {
    const current = this.current();
    const now = this.now();
    this.retired = this.retired.filter(({ until }) => until > now);
    return [current, ...this.retired.map(({ key }) => key)].filter((key) => key !== undefined);
  }

  /**
   * Reads on in the config topic, where a newer key may be waiting. However many ask, and however often, the topic is read
   * four times a second at most; whoever asks gets what was there when he asked. Throws a {@link RetriableError} where Kafka
   * does not answer.
   */
  refresh(): Promise<void> {
    this.nextRefresh ??= this.refreshInTurn();
    return this.nextRefresh;
  }

  private async refreshInTurn(): Promise<void> {
    await delay(Math.max(0, this.refreshedAt + REFRESH_PACE_MS - this.now()));
    // Who asks from now on may want to know more than this finds.
    this.nextRefresh = undefined;
    this.refreshedAt = this.now();
    const late = delay(REFRESH_LIMIT_MS, undefined, { ref: false }).then(() => {
      throw new RetriableError('The session keys of the cluster cannot be read now, as Kafka does not answer');
    });
    await Promise.race([this.store.refresh(), late]);
  }

  private learn(key: SessionKey): void {
    const before = this.newest;
    if (before === key) return;
    this.newest = key;
    if (before === undefined) return;
    this.retired = [{ key: before, until: this.now() + RETIRED_KEY_MS }, ...this.retired].slice(0, MAX_RETIRED);
  }
}
