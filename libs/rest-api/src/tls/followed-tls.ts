import { loggerFor } from '@tributary/observability';
import { StoreFiles, type SslProperties } from '@tributary/tls';

const log = loggerFor('rest.tls');

/** How often the files are looked at, milliseconds. */
export const LOOK_MS = 5_000;

/**
 * What is read from `ssl.*` properties and the files that they name, and read again when what is in the files has changed.
 * Where that fails, because a file was found half-written for example, what was read before stays, and a warning says why.
 */
export class FollowedTls<T> {
  private value: T;
  private readonly files: StoreFiles;
  private readonly timer: NodeJS.Timeout | undefined;
  private looking = false;

  /** Throws what `read` throws at first. `whose`: for the log. `changed` may refuse a value by a throw, too. */
  constructor(
    private readonly whose: string,
    private readonly ssl: SslProperties,
    private readonly read: (ssl: SslProperties) => T,
    private readonly changed: (value: T) => void = () => undefined,
    lookMs = LOOK_MS,
  ) {
    this.files = new StoreFiles(ssl);
    this.value = read(ssl);
    if (this.files.any) this.timer = setInterval(() => void this.look(), lookMs).unref();
  }

  get current(): T {
    return this.value;
  }

  close(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    if (await this.files.changed()) this.readAgain();
    this.looking = false;
  }

  private readAgain(): void {
    try {
      const value = this.read(this.ssl);
      this.changed(value);
      this.value = value;
      log.info(`the certificates of ${this.whose} have changed: new connections use them`);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.warn(`the certificates of ${this.whose} have changed, but the old ones stay: ${reason}`);
    }
  }
}
