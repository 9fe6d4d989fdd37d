import type { GroupProtocol, KafkaClientFactory } from '@tributary/kafka-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TestTopic } from '../test/test-view.js';
import { ClusterMembership } from './cluster-membership.js';
import type { Assignment } from './membership-options.js';
import { decodeAssignment, encodeAssignment, type MemberAssignment } from './payload/member-assignment.js';
import { decodeMetadata, encodeMetadata } from './payload/member-metadata.js';
import type { TaskId } from './task-id.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const task = (connector: string, number: number): TaskId => ({ connector, task: number });
const nothing: MemberAssignment = {
  leaderId: null,
  leaderUrl: null,
  leaderMember: null,
  configOffset: 0,
  tasks: [],
  members: [],
  unassigned: [],
  waiting: [],
  again: false,
  delayMs: 0,
};

/** A membership whose group is played by the test. */
function bench(properties: Record<string, string> = {}) {
  let protocol: GroupProtocol | undefined;
  const state = { rejoins: 0, stopped: 0, lost: 0, assigned: [] as Assignment[], running: [] as TaskId[] };
  const session = {
    start: async () => undefined,
    requestRejoin: () => void state.rejoins++,
    stop: async () => void state.stopped++,
    generationId: -1,
    memberId: 'm1',
  };
  const clients: Pick<KafkaClientFactory, 'groupSession'> = {
    groupSession: (_properties, given) => {
      protocol = given;
      return session;
    },
  };
  const topic = new TestTopic();
  const view = topic.view();
  const membership = new ClusterMembership({
    clients: clients as KafkaClientFactory,
    properties: { 'group.id': 'g', ...properties },
    role: 'executor',
    workerId: 'h:1',
    url: 'http://h:1/',
    configStore: view,
    runningTasks: () => state.running,
    listener: {
      assigned: async (assignment) => void state.assigned.push(assignment),
      lost: async () => void state.lost++,
    },
  });
  const group = () => {
    if (protocol === undefined) throw new Error('no session was made');
    return protocol;
  };
  const join = async () => decodeMetadata(await group().metadata());
  const deliver = (assignment: Partial<MemberAssignment>, generationId = 1, memberId = 'm1') =>
    group().assigned({ generationId, memberId, assignment: encodeAssignment({ ...nothing, ...assignment }) });
  const give = async (...assignment: Parameters<typeof deliver>) => {
    await join();
    await deliver(...assignment);
  };
  return { membership, state, topic, view, group, join, deliver, give };
}

describe('ClusterMembership', () => {
  it('joins with what it is, knows and runs', async () => {
    const { state, topic, join, give } = bench();
    topic.set('a', 1);
    state.running = [task('a', 0)];
    expect(await join()).toMatchObject({ role: 'executor', id: 'h:1', url: 'http://h:1/', configOffset: 1 });
    await give({ leaderId: 'h:9', configOffset: 1, unassigned: [task('a', 0)] }, 7);
    expect(await join()).toMatchObject({ running: [task('a', 0)], leaderId: 'h:9', generation: 7 });
  });

  it('hands assignments on', async () => {
    const { membership, state, give } = bench();
    expect(membership.assignment).toBeUndefined();
    await give({ leaderId: 'h:1', leaderUrl: 'u', leaderMember: 'm1', tasks: [task('a', 0)] }, 3);
    expect(membership.assignment).toMatchObject({
      generation: 3,
      leading: true,
      leaderId: 'h:1',
      tasks: [task('a', 0)],
    });
    await give({ leaderId: 'h:1', leaderUrl: 'u', leaderMember: 'another' }, 4);
    expect(state.assigned.map(({ leading }) => leading)).toEqual([true, false]);
  });

  it('joins again, saying so, when tasks were taken from their owners', async () => {
    const { state, join, give } = bench();
    const before = await join();
    await give({ again: true });
    expect(state.rejoins).toBe(1);
    expect((await join())?.asked).toBe((before?.asked ?? 0) + 1);
  });

  it('joins again when the tasks are other ones than those assigned, and only then', async () => {
    const { membership, state, topic, give, join, deliver } = bench();
    await membership.start();
    topic.set('early', 1);
    expect(state.rejoins).toBe(0);
    await give({ configOffset: 1, unassigned: [task('early', 0)] });
    topic.set('early', 1);
    expect(state.rejoins).toBe(0);
    topic.set('a', 1);
    expect(state.rejoins).toBe(1);
    await join();
    topic.set('b', 1);
    expect(state.rejoins).toBe(1);
    await deliver({ configOffset: 3, unassigned: [task('early', 0), task('a', 0)] });
    expect(state.rejoins).toBe(2);
  });

  it('asks a leader that sees another config topic again after a while only', async () => {
    const { membership, state, topic, give } = bench();
    await membership.start();
    topic.set('a', 1);
    await give({ configOffset: 0 });
    expect(state.rejoins).toBe(0);
    await vi.advanceTimersByTimeAsync(5000);
    expect(state.rejoins).toBe(1);
  });

  it('reads the config topic as far as the assignment does before it hands it on', async () => {
    const { view, topic, state, give } = bench();
    view.follows = false;
    topic.set('a', 1);
    await give({ configOffset: 1, tasks: [task('a', 0)] });
    expect(view.snapshot().offset).toBe(1);
    expect(state.rejoins).toBe(0);
  });

  it('owns nothing once it has lost its membership, but remembers who led', async () => {
    const { membership, state, group, give, join } = bench();
    await give({ leaderId: 'h:9', tasks: [task('a', 0)] }, 5);
    await group().lost(new Error('session expired'));
    expect(state.lost).toBe(1);
    expect(membership.assignment).toBeUndefined();
    expect(await join()).toMatchObject({ leaderId: 'h:9', generation: 5 });
  });

  it('asks for another assignment when it cannot read one', async () => {
    const { state, group } = bench();
    await group().assigned({ generationId: 1, memberId: 'm1', assignment: Buffer.from('?') });
    expect(state.assigned).toEqual([]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(state.rejoins).toBe(1);
  });

  it('leads the group: reads on when a member knows more, and wakes up when waiting tasks are due', async () => {
    const { state, topic, view, group } = bench({ 'scheduled.rebalance.max.delay.ms': '400' });
    topic.set('a', 2);
    view.follows = false;
    const lead = async (configOffset: number, others: Record<string, TaskId[]>, generationId: number) => {
      const own = await group().metadata();
      const metadata = decodeMetadata(own);
      if (metadata === undefined) throw new Error('unreadable');
      const members = Object.entries(others).map(([id, running]) => ({
        memberId: id,
        metadata: encodeMetadata({ ...metadata, id, configOffset, running, generation: generationId - 1 }),
      }));
      const all = await group().assign([{ memberId: 'm1', metadata: own }, ...members]);
      const assignment = all.get('m1') ?? Buffer.alloc(0);
      await group().assigned({ generationId, memberId: 'm1', assignment });
      return decodeAssignment(assignment);
    };
    topic.set('a', 4);
    const first = await lead(2, { e2: [] }, 1);
    expect(first?.members.map(({ tasks }) => tasks.length)).toEqual([2, 2]);
    expect(first?.configOffset).toBe(2);
    state.running = [...(first?.tasks ?? [])];
    const second = await lead(2, {}, 2);
    expect([second?.unassigned.length, second?.delayMs]).toEqual([2, 400]);
    await vi.advanceTimersByTimeAsync(399);
    expect(state.rejoins).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(state.rejoins).toBe(1);
    expect((await lead(2, {}, 3))?.tasks).toHaveLength(4);
  });

  it('assigns to nobody whom it cannot understand', async () => {
    const { group } = bench();
    const all = await group().assign([{ memberId: 'odd', metadata: Buffer.from('?') }]);
    expect(all.size).toBe(0);
  });

  it('stops everything when it leaves', async () => {
    const { membership, state, topic, give } = bench();
    await membership.start();
    topic.set('a', 1);
    await give({ configOffset: 0 });
    await membership.stop();
    topic.set('b', 1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([state.rejoins, state.stopped, membership.assignment]).toEqual([0, 1, undefined]);
  });

  it('refuses a delay that is no time', () => {
    expect(() => bench({ 'scheduled.rebalance.max.delay.ms': 'soon' })).toThrow(
      'Invalid value soon for configuration scheduled.rebalance.max.delay.ms',
    );
  });
});
