import { loggerFor } from '@tributary/observability';
import type { SessionKeyKeeper } from './session-keys.js';

const log = loggerFor('herder.keys');

/** Longest time that a Node timer can wait, milliseconds. */
const TIMER_LIMIT_MS = 2_147_483_647;
/** A key is good for so long at least, milliseconds: each is a record that every process reads. */
const SHORTEST_LIFE_MS = 100;
/** Pause after a key could not be written, milliseconds. */
const RETRY_MS = 5_000;

/** Renews the session key whenever its time is over, until stopped. `change` puts each write in its turn. */
export class SessionKeyTimer {
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    private readonly keeper: SessionKeyKeeper,
    private readonly change: (renew: () => Promise<void>) => Promise<void>,
  ) {}

  start(): void {
    this.#arm(this.keeper.lifetimeLeft());
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #arm(ms: number): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.#due(), Math.min(ms, TIMER_LIMIT_MS)).unref();
  }

  async #due(): Promise<void> {
    try {
      await this.change(async () => {
        if (this.keeper.lifetimeLeft() === 0) await this.keeper.renew();
      });
      this.#arm(Math.max(SHORTEST_LIFE_MS, this.keeper.lifetimeLeft()));
    } catch (error) {
      if (this.#stopped) return;
      log.warn({ err: error }, 'session key could not be written, trying again');
      this.#arm(RETRY_MS);
    }
  }
}
