import { ConfigError } from '@tributary/connect-api';
import type { GroupSession } from '@tributary/kafka-client';
import { loggerFor } from '@tributary/observability';
import { keysOf } from './assignor/balance.js';
import { configuredTasks } from './cluster-view.js';
import { GroupLeader } from './group-leader.js';
import type { Assignment, MembershipOptions } from './membership-options.js';
import { decodeAssignment, type MemberAssignment } from './payload/member-assignment.js';
import { encodeMetadata } from './payload/member-metadata.js';
import { taskKey } from './task-id.js';

export const PROTOCOL_TYPE = 'connect';
/** No reference worker offers it, so the broker keeps the two kinds of workers out of each other's groups. */
export const PROTOCOL_NAME = 'tributary';

/** Before asking again a group leader that does not see the config topic as this member sees it. */
const DISAGREEMENT_PAUSE_MS = 5_000;

const log = loggerFor('membership');

/**
 * This process in the cluster's group. It joins with what it is, what it knows and what it runs, and hands each
 * assignment to its listener. It joins again
 * - when tasks were taken from a living owner, as soon as the listener has stopped them: they can then be given out;
 * - when the config topic has come to hold other tasks than the last assignment covered;
 * - when tasks have waited long enough for their owner's return (the group leader alone);
 * - when it is asked to.
 */
export class ClusterMembership {
  private readonly session: GroupSession;
  private readonly leader: GroupLeader;
  private readonly now: () => number;
  private unsubscribe: (() => void) | undefined;
  private timer: NodeJS.Timeout | undefined;
  private joinedAt = -1;
  private asked = 0;
  /** between telling the group what we know and getting its answer */
  private joining = false;
  private toldOffset = -1;
  /** the last assignment that came, kept when the membership is lost: the next one builds on it */
  private last: { readonly generation: number; readonly payload: MemberAssignment } | undefined;
  private current: Assignment | undefined;

  constructor(private readonly options: MembershipOptions) {
    const { clients, properties, workerId } = options;
    this.now = options.now ?? Date.now;
    this.leader = new GroupLeader(
      options.configStore,
      maxDelay(properties['scheduled.rebalance.max.delay.ms']),
      this.now,
    );
    const clientId = properties['client.id'] || `connect-${workerId}`;
    this.session = clients.groupSession(
      { ...properties, 'client.id': clientId },
      {
        protocolType: PROTOCOL_TYPE,
        protocolName: PROTOCOL_NAME,
        metadata: () => this.metadata(),
        assign: (members) => this.leader.assign(members, this.last),
        assigned: (generation) => this.assigned(generation),
        lost: (reason) => this.lost(reason),
      },
    );
  }

  /** Resolves when the first assignment has been handed to the listener. */
  async start(): Promise<void> {
    const changed = () => this.rejoinIfTasksChanged();
    this.unsubscribe = this.options.configStore.subscribe({ connectorRemoved: changed, taskConfigsChanged: changed });
    await this.session.start();
  }

  /** Undefined before the first one and while this process is no member. */
  get assignment(): Assignment | undefined {
    return this.current;
  }

  /** Makes the group rebalance, soon; several calls make one rebalance. */
  requestRejoin(): void {
    this.asked++;
    this.session.requestRejoin();
  }

  /** Leaves the group: the others get this member's tasks at once, so they must have stopped before. Idempotent. */
  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.unsubscribe?.();
    this.unsubscribe = undefined;
    this.current = undefined;
    await this.session.stop();
    clearTimeout(this.timer);
  }

  private metadata(): Buffer {
    const { role, workerId: id, url, configStore, runningTasks } = this.options;
    if (this.joinedAt < 0) this.joinedAt = this.now();
    this.joining = true;
    this.leader.stepDown();
    this.toldOffset = configStore.snapshot().offset;
    return encodeMetadata({
      role,
      id,
      url,
      joinedAt: this.joinedAt,
      configOffset: this.toldOffset,
      running: runningTasks(),
      leaderId: this.last?.payload.leaderId ?? null,
      generation: this.last?.generation ?? -1,
      asked: this.asked,
    });
  }

  private async assigned(generation: { generationId: number; memberId: string; assignment: Buffer }): Promise<void> {
    const payload = decodeAssignment(generation.assignment);
    if (payload === undefined) {
      log.error(
        { generation: generation.generationId },
        'got an assignment that cannot be read, asking for another one',
      );
      this.joining = false;
      this.rejoinIn(DISAGREEMENT_PAUSE_MS);
      return;
    }
    await this.catchUp(payload.configOffset);
    const { leaderId, leaderUrl, tasks, members, configOffset } = payload;
    this.last = { generation: generation.generationId, payload };
    this.joining = false;
    clearTimeout(this.timer);
    this.current = {
      generation: generation.generationId,
      leaderId: leaderId ?? undefined,
      leaderUrl: leaderUrl ?? undefined,
      leading: payload.leaderMember === generation.memberId,
      tasks,
      members,
      configOffset,
    };
    log.info(
      { generation: generation.generationId, leader: leaderUrl, members: members.length, tasks: tasks.length },
      'the group has said who leads and who runs what',
    );
    await this.options.listener.assigned(this.current);
    if (payload.again) this.requestRejoin();
    else if (payload.delayMs > 0 && this.leader.leads) this.rejoinIn(payload.delayMs);
    this.rejoinIfTasksChanged();
  }

  private async lost(reason: Error): Promise<void> {
    log.warn({ reason: reason.message }, 'lost the membership of the cluster');
    clearTimeout(this.timer);
    this.joining = false;
    this.current = undefined;
    await this.options.listener.lost();
  }

  private async catchUp(offset: number): Promise<void> {
    const { configStore } = this.options;
    if (configStore.snapshot().offset >= offset) return;
    await configStore.refresh();
    const reached = configStore.snapshot().offset;
    if (reached < offset)
      log.error({ offset, reached }, 'the config topic ends before the offset that the group has read');
  }

  private rejoinIfTasksChanged(): void {
    const { current, last } = this;
    if (current === undefined || last === undefined || this.joining) return;
    const { configStore } = this.options;
    const { offset } = configStore.snapshot();
    if (offset <= current.configOffset) return;
    const covered = keysOf([...current.members.flatMap(({ tasks }) => tasks), ...last.payload.unassigned]);
    const configured = configuredTasks(configStore);
    if (covered.size === configured.length && configured.every((task) => covered.has(taskKey(task)))) return;
    if (offset !== this.toldOffset) return this.requestRejoin();
    log.error(
      { offset, leaderOffset: current.configOffset },
      'the group leader does not see the same config topic as this member; asking again later',
    );
    this.rejoinIn(DISAGREEMENT_PAUSE_MS);
  }

  private rejoinIn(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.requestRejoin(), ms);
  }
}

function maxDelay(text: string | undefined): number {
  if (text === undefined || text.trim() === '') return 0;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new ConfigError(
    `Invalid value ${text} for configuration scheduled.rebalance.max.delay.ms: must be a whole number of milliseconds, 0 or more`,
  );
}
