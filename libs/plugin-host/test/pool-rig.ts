import { afterEach, expect, vi } from 'vitest';
import { HostPool, type Hosted, type HostedOwner, type HostPoolOptions } from '../src/index.js';

const ENTRY = new URL('faulty.entry.mjs', import.meta.url);
/** milliseconds that no test waits for */
export const LONG = 30_000;

/** An owner that remembers what it heard. */
export class Owner implements HostedOwner {
  readonly events: [string, unknown][] = [];
  readonly goneWith: (Error | undefined)[] = [];
  #wake: () => void = () => undefined;

  event(name: string, payload: unknown): void {
    this.events.push([name, payload]);
    this.#wake();
  }
  async request(name: string, payload: unknown): Promise<unknown> {
    if (payload === 'refuse') throw new TypeError('refused');
    return `${name}: ${String(payload)}`;
  }
  gone(error: Error | undefined): void {
    this.goneWith.push(error);
    this.#wake();
  }
  /** Resolves with what the instance was gone with. */
  async loss(): Promise<Error | undefined> {
    await this.until(() => this.goneWith.length > 0);
    return this.goneWith[0];
  }
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => (this.#wake = resolve));
  }
}

const pools: HostPool[] = [];

/** To be called by each spec that makes pools: they are closed after their test. */
export function usePools(): void {
  vi.setConfig({ testTimeout: 40_000 });
  afterEach(async () => {
    await Promise.all(pools.splice(0).map((each) => each.close()));
  });
}

/** A pool of one thread whose instances misbehave on request. */
export function pool(options: Partial<HostPoolOptions> = {}): HostPool {
  const made = new HostPool({
    name: 'test',
    entry: ENTRY,
    maxThreads: 1,
    memoryMb: 64,
    unresponsiveMs: LONG,
    workerData: 'data',
    ...options,
  });
  pools.push(made);
  return made;
}

/** Two instances in the one thread of a pool. */
export async function pair(host: HostPool): Promise<{ bad: Hosted; badOwner: Owner; good: Hosted; goodOwner: Owner }> {
  const [badOwner, goodOwner] = [new Owner(), new Owner()];
  const bad = await host.host('bad', undefined, badOwner);
  const good = await host.host('good', undefined, goodOwner);
  expect(host.stats).toMatchObject({ threads: 1, instances: 2 });
  return { bad, badOwner, good, goodOwner };
}

/** Calls what takes the thread down; the call itself rejects sooner or later. */
export function provoke(hosted: Hosted, method: string, argument?: unknown): Promise<unknown> {
  return hosted.call(method, argument).then(
    (value) => expect.fail(`${method} returned ${String(value)}`),
    (error: unknown) => error,
  );
}
