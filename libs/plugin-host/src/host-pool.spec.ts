import { traceOf } from '@tributary/connect-api';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { HostPool, type Hosted, type HostedOwner, type HostPoolOptions } from './index.js';

const ENTRY = new URL('../test/faulty.entry.mjs', import.meta.url);
const LONG = 30_000;

vi.setConfig({ testTimeout: 40_000 });

/** An owner that remembers what it heard. */
class Owner implements HostedOwner {
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

function pool(options: Partial<HostPoolOptions> = {}): HostPool {
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

async function pair(host: HostPool): Promise<{ bad: Hosted; badOwner: Owner; good: Hosted; goodOwner: Owner }> {
  const [badOwner, goodOwner] = [new Owner(), new Owner()];
  const bad = await host.host('bad', undefined, badOwner);
  const good = await host.host('good', undefined, goodOwner);
  expect(host.stats).toMatchObject({ threads: 1, instances: 2 });
  return { bad, badOwner, good, goodOwner };
}

/** Calls what takes the thread down; the call itself rejects sooner or later. */
function provoke(hosted: Hosted, method: string, argument?: unknown): Promise<unknown> {
  return hosted.call(method, argument).then(
    (value) => expect.fail(`${method} returned ${String(value)}`),
    (error: unknown) => error,
  );
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((each) => each.close()));
});

describe('a hosted instance', () => {
  it('is called by name and knows its payload and the thread its worker data', async () => {
    const hosted = await pool().host('a', { x: 1n }, new Owner());
    const answer = { value: [1, 2], payload: { x: 1n }, workerData: 'data', pid: process.pid };
    expect(await hosted.call('echo', [1, 2])).toEqual(answer);
  });

  it('rejects a call to a method that it does not have', async () => {
    const hosted = await pool().host('a', undefined, new Owner());
    await expect(hosted.call('fly')).rejects.toThrow('hosted instance a has no method fly');
  });

  it('throws errors that keep message, code, class, frames and causes', async () => {
    const hosted = await pool().host('a', undefined, new Owner());
    const error: unknown = await hosted.call('fail', 'bad record').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'DataError', message: 'bad record', code: 'DATA' });
    const trace = traceOf(error);
    expect(trace).toMatch(/^org\.apache\.kafka\.connect\.errors\.DataException: bad record\n\tat .*faulty\.entry\.mjs/);
    expect(trace).toContain('\nCaused by: java.lang.ClassCastException: inner\n\tat ');
    expect(trace).toContain('\nCaused by: java.lang.Throwable: a string\n');
  });

  it('shows its secrets to nobody, whatever it dies of', async () => {
    const secrets = ['open-sesame'];
    const hosts = pool();
    const refused = hosts.host('a', { secrets, refuse: 'not open-sesame' }, new Owner());
    await expect(refused).rejects.toThrow('not [hidden]');
    const owner = new Owner();
    const hosted = await hosts.host('b', { secrets }, owner);
    await expect(hosted.call('fail', 'bad open-sesame')).rejects.toThrow('bad [hidden]');
    hosted.call('throwLater', ': open-sesame').catch(() => undefined);
    const loss = await owner.loss();
    expect(traceOf(loss)).toContain('from a timer: [hidden]');
    expect(`${traceOf(loss)} ${loss?.stack}`).not.toContain('sesame');
    const other = await hosts.host('c', {}, new Owner());
    await expect(other.call('fail', 'bad open-sesame')).rejects.toThrow('bad open-sesame');
  });

  it('passes on thrown values that are no errors', async () => {
    const hosted = await pool().host('a', undefined, new Owner());
    await expect(hosted.call('failWithText', 'just text')).rejects.toThrow('just text');
  });

  it('rejects arguments and results that cannot be passed between threads', async () => {
    const hosted = await pool().host('a', undefined, new Owner());
    await expect(hosted.call('echo', () => 1)).rejects.toThrow('the argument of echo cannot be passed to a thread');
    await expect(hosted.call('unclonable')).rejects.toThrow('unclonable returned what cannot be passed');
    await expect(pool().host('b', () => 1, new Owner())).rejects.toThrow('the payload of b cannot be passed');
  });

  it('asks and tells its owner', async () => {
    const owner = new Owner();
    const hosted = await pool().host('a', undefined, owner);
    expect(await hosted.call('ask', 'why')).toBe('ask: why');
    await expect(hosted.call('ask', 'refuse')).rejects.toMatchObject({
      message: 'refused',
      referenceClass: 'java.lang.ClassCastException',
    });
    await hosted.call('tell', 'news');
    expect(owner.events).toEqual([['told', 'news']]);
  });

  it('carries its log context through its asynchronous code', async () => {
    const logContext = { connector: 'c', task: 3 };
    const hosted = await pool().host('a', undefined, new Owner(), { logContext });
    expect(await hosted.call('logContext')).toEqual(logContext);
  });
});

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

describe('destroy', () => {
  it('lets the instance clean up through its channel, then frees the place', async () => {
    const host = pool();
    const owner = new Owner();
    const hosted = await host.host('a', 'asks in destroy', owner);
    await hosted.destroy(LONG);
    expect(owner.events).toEqual([['answered', 'ask: last words']]);
    expect(host.stats).toMatchObject({ instances: 0, idleThreads: 1, solo: [] });
    await expect(hosted.call('echo')).rejects.toThrow('a is not hosted any more');
    expect(owner.goneWith).toEqual([]);
  });

  it('rejects calls that still wait, and may be asked for twice', async () => {
    const hosted = await pool().host('a', undefined, new Owner());
    const waiting = hosted.call('hang');
    const rejected = expect(waiting).rejects.toThrow('a is not hosted any more');
    await Promise.all([hosted.destroy(LONG), hosted.destroy(LONG)]);
    await rejected;
  });

  it('does not mind a clean-up that throws', async () => {
    const host = pool();
    const hosted = await host.host('a', 'throws in destroy', new Owner());
    await hosted.destroy(LONG);
    expect(host.stats.solo).toEqual([]);
  });

  it('abandons an instance that hangs, lets its neighbour run on, and ends the thread after it', async () => {
    const host = pool();
    const owner = new Owner();
    const hanging = await host.host('hanging', 'hangs in destroy', owner);
    const neighbourOwner = new Owner();
    const neighbour = await host.host('neighbour', undefined, neighbourOwner);
    await hanging.call('keepTelling');
    await owner.until(() => owner.events.length > 0);
    await hanging.destroy(20);
    const heard = owner.events.length;
    expect(await neighbour.call('echo', 1)).toMatchObject({ value: 1 });
    expect(owner.events.length).toBe(heard);
    expect(host.stats).toMatchObject({ threads: 1, instances: 1, solo: ['hanging'] });

    await neighbour.destroy(LONG);
    expect(host.stats).toMatchObject({ threads: 0, instances: 0 });
    expect([owner.goneWith, neighbourOwner.goneWith]).toEqual([[], []]);
  });

  it('ends the thread of an instance that hangs alone', async () => {
    const host = pool();
    const hosted = await host.host('a', 'hangs in destroy', new Owner());
    await hosted.destroy(20);
    expect(host.stats).toMatchObject({ threads: 0, instances: 0 });
  });

  it('replaces a thread that does not answer, and neighbours may be hosted again', async () => {
    const host = pool({ unresponsiveMs: 5000 });
    const { bad, badOwner, goodOwner } = await pair(host);
    const blocked = provoke(bad, 'block');
    await badOwner.until(() => badOwner.events.length > 0);
    await bad.destroy(2000);
    expect(await goodOwner.loss()).toBeUndefined();
    expect(badOwner.goneWith).toEqual([]);
    expect(host.stats).toMatchObject({ threads: 0, solo: ['bad'] });
    await blocked;
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
