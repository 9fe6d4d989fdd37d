import { describe, expect, it } from 'vitest';
import { LONG, Owner, pool, provoke, usePools } from '../test/pool-rig.js';

usePools();

describe('creation', () => {
  it('rejects with what the factory threw', async () => {
    const host = pool();
    await expect(host.host('a', 'create fails', new Owner())).rejects.toMatchObject({ message: 'not this one' });
    expect(host.stats).toMatchObject({ instances: 0, idleThreads: 1 });
  });

  it('rejects with the reason when the entry cannot be loaded', async () => {
    const host = pool({ entry: new URL('../test/no-such.entry.mjs', import.meta.url) });
    await expect(host.host('a', undefined, new Owner())).rejects.toThrow(
      /starting a test thread with .*no-such\.entry/,
    );
    expect(host.stats).toMatchObject({ threads: 0, solo: [] });
  });

  it("rejects with the reason when the entry's setup throws", async () => {
    await expect(pool({ workerData: 'setup fails' }).host('a', undefined, new Owner())).rejects.toThrow(
      'no factory today',
    );
  });

  it('rejects when creating ends the thread, and tells the owner nothing', async () => {
    const owner = new Owner();
    await expect(pool().host('a', 'create exits', owner)).rejects.toThrow('plugin called process.exit(4)');
    expect(owner.goneWith).toEqual([]);
  });

  it('can be given up', async () => {
    const host = pool();
    const abort = new AbortController();
    const hosting = host.host('a', 'create hangs', new Owner(), { signal: abort.signal });
    const other = await host.host('b', undefined, new Owner());
    abort.abort(new Error('took too long'));
    await expect(hosting).rejects.toThrow('took too long');
    expect(await other.call('echo', 1)).toMatchObject({ value: 1 });
  });

  it('starts again in a fresh thread when a neighbour takes the first one down', async () => {
    const host = pool();
    const bad = await host.host('bad', undefined, new Owner());
    const ending = provoke(bad, 'exit', 1);
    const good = await host.host('good', undefined, new Owner());
    await ending;
    expect(await good.call('echo', 1).catch((error: unknown) => error)).toBeDefined();
  });
});

describe('threads', () => {
  it('are one an instance until the limit, then shared evenly', async () => {
    const host = pool({ maxThreads: 2 });
    for (const key of ['a', 'b', 'c', 'd']) await host.host(key, undefined, new Owner());
    expect(host.stats).toMatchObject({ threads: 2, instances: 4, idleThreads: 0 });
  });

  it('are used again while idle, and end when nobody needs them', async () => {
    const host = pool({ idleMs: 500 });
    for (const key of ['a', 'b', 'c']) await (await host.host(key, undefined, new Owner())).destroy(LONG);
    expect(host.stats.threads).toBe(1);
    await expect.poll(() => host.stats.threads, { timeout: 10_000 }).toBe(0);
  });

  it('are all gone after close, and owners hear nothing', async () => {
    const host = pool();
    const owner = new Owner();
    const hosted = await host.host('a', undefined, owner);
    const waiting = expect(hosted.call('hang')).rejects.toThrow('a is not hosted any more');
    await host.close();
    await waiting;
    expect(host.stats).toMatchObject({ threads: 0, instances: 0 });
    expect(owner.goneWith).toEqual([]);
    await expect(host.host('b', undefined, new Owner())).rejects.toThrow('the pool of test threads is closed');
  });
});
