import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ChangeQueue } from './change-queue.js';
import { Stages } from './stages.js';

const START = Date.parse('2026-01-02T03:04:05.006Z');

beforeEach(() => vi.useFakeTimers({ now: START }));
afterEach(() => vi.useRealTimers());

const never = () => new Promise<never>(() => undefined);

it('does changes one at a time, in order, also after one has failed', async () => {
  const queue = new ChangeQueue();
  const log: string[] = [];
  const change = (name: string) => async () => {
    log.push(`${name} begins`);
    await Promise.resolve();
    log.push(`${name} ends`);
    if (name === 'a') throw new Error('a fails');
    return name;
  };
  const [first, second] = [queue.run('doing a', change('a')), queue.run('doing b', change('b'))];
  await expect(first).rejects.toThrow('a fails');
  await expect(second).resolves.toBe('b');
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});

it('says what is going on when an answer takes too long', async () => {
  const queue = new ChangeQueue();
  const first = queue.run('removing the roof', never).catch((error: Error) => error.message);
  const second = queue.run('waiting behind', async () => 'x').catch((error: Error) => error.message);
  await vi.advanceTimersByTimeAsync(90_000);
  const text = 'Request timed out. The worker is currently removing the roof, which began at 2026-01-02T03:04:05.006Z.';
  expect([await first, await second]).toEqual([text, text]);
});

it('still makes a change whose answer was given up', async () => {
  const queue = new ChangeQueue();
  let release: () => void = () => undefined;
  const blocked = queue.run('blocking', () => new Promise<void>((resolve) => (release = resolve)), 10);
  const late = vi.fn(async () => undefined);
  const given = queue.run('coming late', late, 10);
  blocked.catch(() => undefined);
  given.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(10);
  await expect(given).rejects.toThrow('Request timed out');
  expect(late).not.toHaveBeenCalled();
  release();
  await vi.advanceTimersByTimeAsync(0);
  expect(late).toHaveBeenCalledOnce();
});

it('refuses what waits and what comes once it is closed, and does not begin it', async () => {
  const queue = new ChangeQueue();
  const running = queue.run('running', never);
  const change = vi.fn(async () => undefined);
  const waiting = queue.run('waiting', change);
  queue.close(new Error('over'));
  await expect(running).rejects.toThrow('over');
  await expect(waiting).rejects.toThrow('over');
  await expect(queue.run('later', change)).rejects.toThrow('over');
  expect(change).not.toHaveBeenCalled();
});

it('names the last stage when it is over, and none where there was none', async () => {
  const stages = new Stages(() => START);
  expect(stages.timeout().message).toBe('Request timed out');
  await stages.during('starting the connector', async () => undefined);
  expect(stages.timeout().message).toBe(
    'Request timed out. The last operation the worker completed was starting the connector, which began at ' +
      '2026-01-02T03:04:05.006Z and completed at 2026-01-02T03:04:05.006Z',
  );
});
