/** Thrown out of a wait that another change has made pointless. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted by a later change');
    this.name = 'Interrupted';
  }
}

/** Lets waits for plugin code be given up. Used once. */
export class Interruption {
  readonly #controller = new AbortController();

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get interrupted(): boolean {
    return this.signal.aborted;
  }

  interrupt(): void {
    this.#controller.abort(new Interrupted());
  }

  /** What `work` gives; rejects with {@link Interrupted} as soon as interrupted, whatever becomes of `work` then. */
  async orWait<T>(work: Promise<T>): Promise<T> {
    work.catch(() => undefined);
    let stop: () => void = () => undefined;
    const interrupted = new Promise<never>((_, reject) => {
      stop = () => reject(new Interrupted());
      if (this.interrupted) stop();
      else this.signal.addEventListener('abort', stop, { once: true });
    });
    try {
      return await Promise.race([interrupted, work]);
    } finally {
      this.signal.removeEventListener('abort', stop);
    }
  }
}
