/** Thrown when so many requests were seen of late that another one cannot be remembered: it must not be answered. */
export class TooManyNoncesError extends Error {}

/** Remembers the nonces of requests for as long as a copy of one could be taken for new. */
export class SeenNonces {
  private recent = new Set<string>();
  private older = new Set<string>();
  private since: number;

  /** Each nonce is remembered for `ms` to twice that; `limit` of them at a time, some 100 bytes each. */
  constructor(
    private readonly ms: number,
    private readonly limit = 500_000,
    /** milliseconds of a clock that is never set back */
    private readonly now: () => number = () => performance.now(),
  ) {
    this.since = this.now();
  }

  /** Whether it is seen for the first time; throws a {@link TooManyNoncesError}. */
  isNew(nonce: string): boolean {
    this.forget();
    if (this.recent.has(nonce) || this.older.has(nonce)) return false;
    if (this.recent.size + this.older.size >= this.limit) throw new TooManyNoncesError();
    this.recent.add(nonce);
    return true;
  }

  private forget(): void {
    const age = this.now() - this.since;
    if (age < this.ms) return;
    this.older = age < 2 * this.ms ? this.recent : new Set();
    this.recent = new Set();
    this.since = this.now();
  }
}
