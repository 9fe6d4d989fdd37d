import { describe, expect, it } from 'vitest';
import type { MemberAssignment } from '../payload/member-assignment.js';
import type { Role } from '../payload/member-metadata.js';
import { taskKey, type TaskId } from '../task-id.js';
import { assign, type AssignInput } from './assign.js';
import type { Member } from './member.js';

function member(
  id: string,
  role: Role,
  running: readonly TaskId[] = [],
  more: Partial<Member['metadata']> = {},
): Member {
  const metadata = {
    role,
    id,
    url: `http://${id}/`,
    joinedAt: 1,
    configOffset: 1,
    running,
    leaderId: null,
    generation: -1,
    asked: 0,
  };
  return { memberId: `m-${id}`, metadata: { ...metadata, ...more } };
}

const tasks = (connector: string, count: number): TaskId[] =>
  Array.from({ length: count }, (_, task) => ({ connector, task }));

function run(input: Partial<AssignInput>): { of: (id: string) => string[]; any: MemberAssignment } {
  const assignments = assign({
    members: [],
    tasks: [],
    configOffset: 9,
    previous: undefined,
    maxDelayMs: 0,
    now: 1000,
    ...input,
  });
  const any = [...assignments.values()][0];
  if (any === undefined) throw new Error('no members');
  return {
    of: (id) => (assignments.get(`m-${id}`)?.tasks ?? []).map(({ connector, task }) => `${connector}${task}`),
    any,
  };
}

describe('the leader', () => {
  it('is the herder that has been here longest where none leads yet', () => {
    const members = [
      member('h1', 'herder', [], { joinedAt: 30 }),
      member('h2', 'herder', [], { joinedAt: 20 }),
      member('e1', 'executor', [], { joinedAt: 10 }),
    ];
    expect(run({ members }).any).toMatchObject({ leaderId: 'h2', leaderUrl: 'http://h2/', leaderMember: 'm-h2' });
  });

  it('stays while it is there, as the members with the latest assignment know it', () => {
    const members = [
      member('h1', 'herder', [], { joinedAt: 5, leaderId: 'h1', generation: 3 }),
      member('h2', 'herder', [], { joinedAt: 20 }),
      member('e1', 'executor', [], { leaderId: 'h2', generation: 4 }),
    ];
    expect(run({ members }).any.leaderId).toBe('h2');
    expect(run({ members: members.filter(({ metadata }) => metadata.id !== 'h2') }).any.leaderId).toBe('h1');
  });

  it('is the first by name among equals, and nobody where there is no herder', () => {
    expect(run({ members: [member('h2', 'herder'), member('h1', 'herder')] }).any.leaderId).toBe('h1');
    expect(run({ members: [member('e1', 'executor')] }).any).toMatchObject({ leaderId: null, leaderUrl: null });
  });

  it('is the process that joined last where two call themselves the same', () => {
    const old = { ...member('h1', 'herder', [], { joinedAt: 1 }), memberId: 'old' };
    expect(run({ members: [old, member('h1', 'herder', [], { joinedAt: 2 })] }).any.leaderMember).toBe('m-h1');
  });
});

describe('tasks', () => {
  it('are spread evenly, those of a connector too', () => {
    const members = [member('e1', 'executor'), member('e2', 'executor'), member('h', 'herder')];
    const { of, any } = run({ members, tasks: [...tasks('a', 3), ...tasks('b', 2)] });
    expect([of('e1'), of('e2'), of('h')]).toEqual([['a0', 'a2', 'b1'], ['a1', 'b0'], []]);
    expect(any.again).toBe(false);
    expect(any.members.map(({ id, tasks: owned }) => [id, owned.length])).toEqual([
      ['e1', 3],
      ['e2', 2],
      ['h', 0],
    ]);
  });

  it('are given to nobody where there are no executors', () => {
    const { any } = run({ members: [member('h', 'herder')], tasks: tasks('a', 2) });
    expect(any.unassigned).toEqual(tasks('a', 2));
    expect(any.again).toBe(false);
  });

  it('are taken from their owner first and given to the newcomer in the next round', () => {
    const four = tasks('a', 4);
    const first = run({ members: [member('e1', 'executor', four), member('e2', 'executor')], tasks: four });
    expect([first.of('e1'), first.of('e2'), first.any.again]).toEqual([['a0', 'a1'], [], true]);
    expect(first.any.unassigned).toEqual(four.slice(2));
    const second = run({
      members: [member('e1', 'executor', four.slice(0, 2)), member('e2', 'executor')],
      tasks: four,
    });
    expect([second.of('e1'), second.of('e2'), second.any.again]).toEqual([['a0', 'a1'], ['a2', 'a3'], false]);
  });

  it('go to nobody while their owner is still stopping them', () => {
    const four = tasks('a', 4);
    const { of, any } = run({ members: [member('e1', 'executor', four), member('e2', 'executor')], tasks: four });
    expect([...of('e1'), ...of('e2')]).toHaveLength(2);
    expect(any.unassigned).toHaveLength(2);
  });

  it('that two executors claim are taken from both', () => {
    const members = [member('e1', 'executor', tasks('a', 1)), member('e2', 'executor', tasks('a', 2))];
    const { of, any } = run({ members, tasks: tasks('a', 2) });
    expect([of('e1'), of('e2'), any.again]).toEqual([[], ['a1'], true]);
  });

  it('that are no longer configured vanish', () => {
    const { of, any } = run({ members: [member('e1', 'executor', tasks('gone', 2))], tasks: tasks('a', 1) });
    expect([of('e1'), any.unassigned, any.again]).toEqual([['a0'], [], false]);
  });

  it('go back to the executor that had them when it has stopped them for a moment', () => {
    const before = run({ members: [member('e1', 'executor'), member('e2', 'executor')], tasks: tasks('a', 6) }).any;
    const owned = (id: string) => before.members.find((entry) => entry.id === id)?.tasks ?? [];
    const members = [member('e1', 'executor', owned('e1')), member('e2', 'executor')];
    const again = run({ members, tasks: tasks('a', 6), previous: before });
    expect(again.of('e2')).toEqual(['a1', 'a3', 'a5']);
  });
});

describe('scheduled.rebalance.max.delay.ms', () => {
  const six = tasks('a', 6);
  const executors = ['e1', 'e2', 'e3'].map((id) => member(id, 'executor'));
  const before = run({ members: executors, tasks: six, maxDelayMs: 500 }).any;
  const running = (id: string, as = id) =>
    member(as, 'executor', before.members.find((entry) => entry.id === id)?.tasks ?? []);

  it('keeps the tasks of an owner that went away for its return', () => {
    const away = run({ members: [running('e1'), running('e2')], tasks: six, previous: before, maxDelayMs: 500 });
    expect(away.any.waiting).toEqual([{ id: 'e3', tasks: [six[2], six[5]], until: 1500 }]);
    expect([away.any.delayMs, away.any.again, away.any.unassigned.length]).toEqual([500, false, 2]);
    const back = run({
      members: [running('e1'), running('e2'), member('e3', 'executor')],
      tasks: six,
      previous: away.any,
      maxDelayMs: 500,
      now: 1200,
    });
    expect([back.of('e3'), back.any.waiting, back.any.delayMs]).toEqual([['a2', 'a5'], [], 0]);
  });

  it('gives them to an executor that comes in its place', () => {
    const away = run({ members: [running('e1'), running('e2')], tasks: six, previous: before, maxDelayMs: 500 });
    const members = [running('e1'), running('e2'), member('new', 'executor')];
    const { of, any } = run({ members, tasks: six, previous: away.any, maxDelayMs: 500, now: 1200 });
    expect([of('new'), of('e1'), any.again]).toEqual([['a2', 'a5'], ['a0', 'a3'], false]);
  });

  it('gives them to the others when it is over', () => {
    const away = run({ members: [running('e1'), running('e2')], tasks: six, previous: before, maxDelayMs: 500 });
    const wait = run({
      members: [running('e1'), running('e2')],
      tasks: six,
      previous: away.any,
      maxDelayMs: 500,
      now: 1499,
    });
    expect([wait.any.delayMs, wait.any.unassigned.length]).toEqual([1, 2]);
    const over = run({
      members: [running('e1'), running('e2')],
      tasks: six,
      previous: wait.any,
      maxDelayMs: 500,
      now: 1500,
    });
    expect([over.of('e1').length, over.of('e2').length, over.any.unassigned]).toEqual([3, 3, []]);
  });

  it('counts for each owner by itself', () => {
    const one = run({ members: [running('e1'), running('e2')], tasks: six, previous: before, maxDelayMs: 500 });
    const two = run({ members: [running('e1')], tasks: six, previous: one.any, maxDelayMs: 500, now: 1300 });
    expect(two.any.waiting.map(({ id, until }) => [id, until])).toEqual([
      ['e3', 1500],
      ['e2', 1800],
    ]);
    expect(two.any.delayMs).toBe(200);
    const late = run({ members: [running('e1')], tasks: six, previous: two.any, maxDelayMs: 500, now: 1500 });
    expect([late.of('e1').length, late.any.waiting.length]).toEqual([4, 1]);
  });

  it('does not hold up new tasks', () => {
    const all = [...six, ...tasks('b', 2)];
    const { of, any } = run({ members: [running('e1'), running('e2')], tasks: all, previous: before, maxDelayMs: 500 });
    expect([of('e1'), of('e2'), any.unassigned.length]).toEqual([['a0', 'a3', 'b0'], ['a1', 'a4', 'b1'], 2]);
  });

  it('of 0 gives them out at once', () => {
    const { of, any } = run({ members: [running('e1'), running('e2')], tasks: six, previous: before });
    expect([of('e1').length, of('e2').length, any.waiting]).toEqual([3, 3, []]);
  });

  it('matters to no task that a living executor claims', () => {
    const members = [member('e1', 'executor', six)];
    const { any } = run({ members, tasks: six, previous: before, maxDelayMs: 500 });
    expect(any.waiting).toEqual([]);
    expect(new Set(any.tasks.map(taskKey)).size).toBe(6);
  });
});
