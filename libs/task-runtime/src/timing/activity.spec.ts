import { expect, it } from 'vitest';
import { Activity } from './activity.js';

/** A call that ends when it is told to. */
function call() {
  let end: () => void = () => undefined;
  const work = () => new Promise<void>((resolve) => (end = resolve));
  return { work, end: () => end() };
}

it('tells of a call that takes too long, until it ends', async () => {
  let now = 1_000;
  const activity = new Activity(() => now);
  const put = call();
  const done = activity.during('put', put.work);
  now += 499;
  expect(activity.stalled(500)).toBeUndefined();
  now += 1;
  const stall = activity.stalled(500);
  expect(stall).toEqual({ since: 1_000, in: 'put' });
  now += 1_000;
  expect(activity.stalled(500)).toBe(stall);
  put.end();
  await done;
  expect(activity.stalled(500)).toBeUndefined();
});

it('names the innermost of several calls, and keeps to the one it has named', async () => {
  let now = 0;
  const activity = new Activity(() => now);
  const [send, commit] = [call(), call()];
  const done = activity.during('send', () => Promise.all([send.work(), activity.during('commit', commit.work)]));
  now = 10;
  expect(activity.stalled(10)).toMatchObject({ in: 'commit' });
  void activity.during('process', call().work);
  now = 20;
  expect(activity.stalled(10)).toMatchObject({ in: 'commit' });
  commit.end();
  send.end();
  await done;
  expect(activity.stalled(10)).toMatchObject({ in: 'process' });
});

it('gives what the call gives, and forgets one that fails', async () => {
  let now = 0;
  const activity = new Activity(() => now);
  expect(await activity.during('poll', () => 7)).toBe(7);
  await expect(activity.during('poll', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  now = 10;
  expect(activity.stalled(1)).toBeUndefined();
});
