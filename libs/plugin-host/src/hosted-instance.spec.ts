import { traceOf } from '@tributary/connect-api';
import { describe, expect, it } from 'vitest';
import { LONG, Owner, pair, pool, provoke, usePools } from '../test/pool-rig.js';

usePools();

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
