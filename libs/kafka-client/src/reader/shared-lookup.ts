/**
 * Shares one answer among the calls that may have it: a call that comes while a look-up is under way gets the next one,
 * because the answer of the one under way may be older than the call.
 */
export class SharedLookup<T> {
  private running: Promise<unknown> | undefined;
  private next: Promise<T> | undefined;

  constructor(private readonly lookUp: () => Promise<T>) {}

  get(): Promise<T> {
    this.next ??= this.begin();
    return this.next;
  }

  private async begin(): Promise<T> {
    // Calls of this turn of the event loop share as well.
    await (this.running?.catch(() => undefined) ?? Promise.resolve());
    this.next = undefined;
    const running = this.lookUp();
    this.running = running;
    return running;
  }
}
