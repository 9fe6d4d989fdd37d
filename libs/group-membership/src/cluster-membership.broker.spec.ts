import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GroupRig, type RigMember } from '../test/group-rig.js';

const PATIENCE_MS = 50_000;

let rig: GroupRig;
beforeEach(() => {
  rig = new GroupRig();
});
afterEach(() => rig.dispose());

const eventually = (condition: () => void | Promise<void>) =>
  vi.waitFor(condition, { timeout: PATIENCE_MS, interval: 20 });
const loads = (...members: RigMember[]) => members.map(({ running }) => running.size);
const leaders = (...members: RigMember[]) =>
  members.filter(({ assignment }) => assignment?.leading === true).map(({ id }) => id);

describe('a cluster', () => {
  it('names its leader and spreads its tasks over the executors, as anybody can see', async () => {
    rig.topic.set('a', 5);
    const herder = await rig.join('h1', 'herder');
    const executors = await Promise.all(['e1', 'e2', 'e3'].map((id) => rig.join(id, 'executor')));
    await eventually(() => expect(loads(...executors).sort()).toEqual([1, 2, 2]));
    expect([leaders(herder, ...executors), loads(herder)]).toEqual([['h1'], [0]]);
    await eventually(async () => {
      const seen = await rig.seenFromOutside();
      expect([seen?.leaderId, seen?.leaderUrl]).toEqual(['h1', 'http://h1/']);
      const running = Object.fromEntries(executors.map(({ id, running }) => [id, running.size]));
      expect(Object.fromEntries(seen?.members.map(({ id, tasks }) => [id, tasks.length]) ?? [])).toEqual({
        h1: 0,
        ...running,
      });
    });
    expect(rig.twice).toEqual([]);
  });

  it('shows nothing where there is none', async () => {
    expect(await rig.seenFromOutside()).toBeUndefined();
  });

  it('starts new tasks and stops deleted ones without being asked, and touches nothing else', async () => {
    rig.topic.set('a', 2);
    await rig.join('h1', 'herder');
    const [one, two] = [await rig.join('e1', 'executor'), await rig.join('e2', 'executor')];
    await eventually(() => expect(loads(one, two)).toEqual([1, 1]));
    const before = [one.events.length, two.events.length];
    rig.topic.set('b', 2);
    await eventually(() => expect(loads(one, two)).toEqual([2, 2]));
    rig.topic.set('b', 0);
    await eventually(() => expect(loads(one, two)).toEqual([1, 1]));
    expect([one.events.slice(before[0]).length, two.events.slice(before[1]).length]).toEqual([2, 2]);
    expect([...one.tasks(), ...two.tasks()].sort()).toEqual(['0-a', '1-a']);
  });

  it('moves tasks to a newcomer when their owner has stopped them, and no other ones', async () => {
    rig.topic.set('a', 6);
    await rig.join('h1', 'herder');
    const one = await rig.join('e1', 'executor');
    await eventually(() => expect(loads(one)).toEqual([6]));
    let stopped = () => {};
    one.stopping = new Promise((resolve) => (stopped = resolve));
    const two = await rig.join('e2', 'executor');
    await eventually(() => expect(one.assignment?.tasks).toHaveLength(3));
    expect(loads(one, two)).toEqual([6, 0]);
    stopped();
    await eventually(() => expect(loads(one, two)).toEqual([3, 3]));
    expect(one.events.slice(6)).toHaveLength(3);
    expect(rig.twice).toEqual([]);
  });

  it('gives the tasks of an executor that leaves to the others at once', async () => {
    rig.topic.set('a', 6);
    await rig.join('h1', 'herder');
    const [one, two, three] = [
      await rig.join('e1', 'executor'),
      await rig.join('e2', 'executor'),
      await rig.join('e3', 'executor'),
    ];
    await eventually(() => expect(loads(one, two, three)).toEqual([2, 2, 2]));
    const before = [one.tasks(), two.tasks()];
    await rig.leave(three);
    await eventually(() => expect(loads(one, two)).toEqual([3, 3]));
    expect(one.tasks()).toEqual(expect.arrayContaining(before[0] ?? []));
    expect(two.tasks()).toEqual(expect.arrayContaining(before[1] ?? []));
  });

  it('keeps its leader when another herder comes, and has another one when it leaves', async () => {
    const first = await rig.join('z', 'herder');
    const second = await rig.join('a', 'herder');
    const executor = await rig.join('e1', 'executor');
    await eventually(() => expect(executor.assignment?.members).toHaveLength(3));
    expect([leaders(first, second), executor.assignment?.leaderUrl]).toEqual([['z'], 'http://z/']);
    await rig.leave(first);
    await eventually(() => expect([leaders(second), executor.assignment?.leaderUrl]).toEqual([['a'], 'http://a/']));
    const third = await rig.join('z', 'herder');
    await eventually(() => expect(second.assignment?.members).toHaveLength(3));
    expect(leaders(second, third)).toEqual(['a']);
  });

  it('survives the death of the leading herder and of an executor', async () => {
    const herder = rig.spawn('h0', 'herder', { a: 4 });
    await eventually(async () => expect((await rig.seenFromOutside())?.leaderId).toBe('h0'));
    rig.topic.set('a', 4);
    const other = await rig.join('h1', 'herder');
    const executor = await rig.join('e1', 'executor');
    const dying = rig.spawn('e2', 'executor', { a: 4 });
    await eventually(() => expect([loads(executor), leaders(other)]).toEqual([[2], []]));
    herder.kill('SIGKILL');
    dying.kill('SIGKILL');
    await eventually(() => expect([loads(executor), leaders(other)]).toEqual([[4], ['h1']]));
    expect(executor.assignment?.members.map(({ id }) => id)).toEqual(['e1', 'h1']);
  });

  it('rebalances when asked to', async () => {
    const [herder, executor] = [await rig.join('h1', 'herder'), await rig.join('e1', 'executor')];
    await eventually(() => expect(herder.assignment?.members).toHaveLength(2));
    const before = herder.assignment?.generation ?? 0;
    executor.membership.requestRejoin();
    await eventually(() => expect(herder.assignment?.generation).toBeGreaterThan(before));
  });
});

describe('scheduled.rebalance.max.delay.ms', () => {
  it('keeps tasks for an executor that comes back, then gives them away', async () => {
    rig = new GroupRig({ 'scheduled.rebalance.max.delay.ms': '3000' });
    rig.topic.set('a', 4);
    await rig.join('h1', 'herder');
    const [one, two] = [await rig.join('e1', 'executor'), await rig.join('e2', 'executor')];
    await eventually(() => expect(loads(one, two)).toEqual([2, 2]));
    const mine = two.tasks();
    await rig.leave(two);
    await eventually(() => expect(one.assignment?.members).toHaveLength(2));
    expect(loads(one)).toEqual([2]);
    const back = await rig.join('e2', 'executor');
    await eventually(() => expect(back.tasks()).toEqual(mine));
    expect(one.events).not.toContain('-');
    await rig.leave(back);
    await eventually(() => expect(loads(one)).toEqual([4]));
  });
});
