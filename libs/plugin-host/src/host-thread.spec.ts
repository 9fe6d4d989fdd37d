import { traceOf } from '@tributary/connect-api';
import { describe, expect, it } from 'vitest';
import { Owner, pair, pool, provoke, usePools } from '../test/pool-rig.js';

usePools();

describe('an instance that takes its thread down', () => {
  it.each([
    ['exit', /^plugin called process\.exit\(7\)$/],
    ['kill', /^plugin called process\.kill\(\d+, SIGKILL\)$/],
    ['throwLater', /^plugin left an exception uncaught: from a timer$/],
    ['emitError', /^plugin left an exception uncaught: from an emitter$/],
    ['rejectLater', /^plugin left a promise rejection uncaught: nobody waits$/],
  ])('by %s is named, and its neighbour may be hosted again', async (method, message) => {
    const host = pool();
    const { bad, badOwner, good, goodOwner } = await pair(host);
    const neighbourCall = good.call('hang');
    const failed = await provoke(bad, method, 7);
    expect((await badOwner.loss())?.message).toMatch(message);
    expect(traceOf(await badOwner.loss())).toContain('faulty.entry.mjs');
    expect(failed).toBe(await badOwner.loss());
    expect(await goodOwner.loss()).toBeUndefined();
    await expect(neighbourCall).rejects.toThrow('good is not hosted any more');
    expect(host.stats).toMatchObject({ threads: 0, instances: 0, solo: ['bad'] });

    const again = await host.host('good', undefined, goodOwner);
    await host.host('bad', undefined, badOwner);
    expect(await again.call('echo', 1)).toMatchObject({ value: 1 });
    expect(host.stats).toMatchObject({ threads: 2, instances: 2 });
  });

  it('unseen makes all of the thread suspects, and the guilty one is found alone', async () => {
    const host = pool();
    const { bad, badOwner, goodOwner } = await pair(host);
    await provoke(bad, 'throwInMicrotask');
    expect(await badOwner.loss()).toBeUndefined();
    expect(await goodOwner.loss()).toBeUndefined();
    expect(host.stats.solo).toEqual(['bad', 'good']);

    const owner = new Owner();
    await provoke(await host.host('bad', undefined, owner), 'throwInMicrotask');
    expect((await owner.loss())?.message).toContain('from a microtask');
  });

  it('by leaking memory little by little fails with the limit and its property', async () => {
    const owner = new Owner();
    await provoke(await pool({ memoryMb: 48 }).host('bad', undefined, owner), 'leakIntoMap');
    expect((await owner.loss())?.message).toBe(
      'plugin code ran out of memory: a host thread may use 48 MiB (executor.host.memory.mb)',
    );
  });

  it('is not one that makes much garbage', async () => {
    const owner = new Owner();
    const hosted = await pool({ memoryMb: 24 }).host('a', undefined, owner);
    for (let i = 0; i < 3; i++) expect(await hosted.call('makeGarbage')).toBe(2_999_999);
    expect(owner.goneWith).toEqual([]);
  });

  it('by eating memory without a pause fails with the limit and the place in the code', async () => {
    const owner = new Owner();
    await provoke(await pool({ memoryMb: 24 }).host('bad', undefined, owner), 'eatMemory');
    const error = await owner.loss();
    expect(error?.message).toMatch(/^plugin code ran out of memory: a host thread may use 24 MiB/);
    expect(traceOf(error)).toMatch(/at .*faulty\.entry\.mjs/);
  });

  it('by leaking memory beside others makes all suspects, unless it is caught in the act', async () => {
    const host = pool({ memoryMb: 24 });
    const { bad, badOwner, goodOwner } = await pair(host);
    await provoke(bad, 'leakIntoMap');
    const [named, other] = [await badOwner.loss(), await goodOwner.loss()];
    expect(other).toBeUndefined();
    // The thread finds out between calls and names nobody; the main thread, where that is quicker, finds whose code runs.
    if (named === undefined) expect(host.stats.solo).toEqual(['bad', 'good']);
    else expect(traceOf(named)).toMatch(/out of memory[\s\S]*leakIntoMap/);
  });

  it('by filling the memory is not the neighbour that is merely late when it is looked for', async () => {
    const { bad, badOwner, good, goodOwner } = await pair(pool({ memoryMb: 24 }));
    const filled = provoke(bad, 'fillMemory', 40);
    await good.call('fillBuffers', 1500).catch(() => undefined);
    await filled;
    expect(await goodOwner.loss()).toBeUndefined();
    expect(badOwner.goneWith).toHaveLength(1);
  });

  it('by eating memory without a pause beside others is named', async () => {
    const host = pool({ memoryMb: 24 });
    const { bad, badOwner, goodOwner } = await pair(host);
    await provoke(bad, 'eatMemory');
    expect((await badOwner.loss())?.message).toContain('out of memory');
    expect(await goodOwner.loss()).toBeUndefined();
  });
});

describe('an instance that blocks its thread', () => {
  it.each([
    ['block', /at spin \(file:.*faulty\.entry\.mjs/],
    ['blockInRegExp', /faulty\.entry\.mjs/],
  ])('by %s is found with its place in the code, and neighbours go on elsewhere', async (method, place) => {
    const { bad, badOwner, goodOwner } = await pair(pool({ unresponsiveMs: 1000 }));
    const blocked = provoke(bad, method);
    const error = await badOwner.loss();
    expect(error?.message).toBe(
      'plugin code blocked its thread: the event loop did not turn for 1000 ms (executor.host.unresponsive.ms)',
    );
    expect(traceOf(error)).toMatch(place);
    expect(await goodOwner.loss()).toBeUndefined();
    await blocked;
  });

  it('is found also where others block theirs at the same time', async () => {
    const host = pool({ maxThreads: 4, unresponsiveMs: 500 });
    const owners = Array.from({ length: 4 }, () => new Owner());
    const hosted = await Promise.all(owners.map((owner, n) => host.host(`b${n}`, undefined, owner)));
    const blocked = hosted.map((each) => provoke(each, 'block'));
    for (const owner of owners) expect(traceOf(await owner.loss())).toMatch(/at spin/);
    await Promise.all(blocked);
  });

  it('for less than the limit is left alone', async () => {
    const { bad, badOwner, good, goodOwner } = await pair(pool({ unresponsiveMs: 2000 }));
    expect(await bad.call('busyFor', 600)).toBe('done');
    expect(await good.call('echo', 1)).toMatchObject({ value: 1 });
    expect([badOwner.goneWith, goodOwner.goneWith]).toEqual([[], []]);
  });
});
