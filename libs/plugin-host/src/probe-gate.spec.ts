import { beforeEach, describe, expect, it } from 'vitest';
import { deferred, type Deferred } from './deferred.js';
import { ProbeGate } from './probe-gate.js';

let gate: ProbeGate;
let running: string[];
let works: Map<string, Deferred<string>>;

beforeEach(() => {
  gate = new ProbeGate();
  running = [];
  works = new Map();
});

/** Asks for work that goes on until it is finished, or failed, by name. */
function ask(kind: 'end' | 'probe', name: string): Promise<string> {
  const done = deferred<string>();
  works.set(name, done);
  return gate[kind](async () => {
    running.push(name);
    return done.promise.finally(() => running.splice(running.indexOf(name), 1));
  });
}
const finish = (name: string) => works.get(name)?.resolve(name);

describe('ProbeGate', () => {
  it('lets threads end side by side', async () => {
    const ends = [ask('end', 'end 1'), ask('end', 'end 2')];
    await expect.poll(() => running).toEqual(['end 1', 'end 2']);
    finish('end 2');
    expect(await ends[1]).toBe('end 2');
    expect(running).toEqual(['end 1']);
  });

  it('probes one thread at a time', async () => {
    const probes = [ask('probe', 'probe 1'), ask('probe', 'probe 2')];
    await expect.poll(() => running).toEqual(['probe 1']);
    finish('probe 1');
    await probes[0];
    await expect.poll(() => running).toEqual(['probe 2']);
  });

  it('probes no thread while others end, and ends none while one is probed', async () => {
    const before = [ask('end', 'end 1'), ask('end', 'end 2')];
    const probe = ask('probe', 'probe');
    const after = [ask('end', 'end 3'), ask('end', 'end 4')];
    await expect.poll(() => running).toEqual(['end 1', 'end 2']);
    finish('end 1');
    await before[0];
    expect(running).toEqual(['end 2']);
    finish('end 2');
    await expect.poll(() => running).toEqual(['probe']);
    finish('probe');
    await probe;
    await expect.poll(() => running).toEqual(['end 3', 'end 4']);
    ['end 3', 'end 4'].forEach(finish);
    expect(await Promise.all(after)).toEqual(['end 3', 'end 4']);
  });

  it('goes on after work that failed', async () => {
    const failed = [ask('end', 'end'), ask('probe', 'probe')];
    works.get('end')?.reject(new Error('no end'));
    works.get('probe')?.reject(new Error('no answer'));
    await expect(failed[0]).rejects.toThrow('no end');
    await expect(failed[1]).rejects.toThrow('no answer');
    const next = [ask('end', 'last end'), ask('probe', 'last probe')];
    ['last end', 'last probe'].forEach(finish);
    expect(await Promise.all(next)).toEqual(['last end', 'last probe']);
  });
});
