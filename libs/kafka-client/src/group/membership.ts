import { loggerFor } from '@tributary/observability';
import { delay } from '../connection/delay.js';
import type { KafkaConnection } from '../connection/kafka-connection.js';
import { KafkaError } from '../errors.js';
import { protocolError } from '../protocol/error-codes.js';
import {
  joinGroupRequest,
  leaveGroupRequest,
  syncGroupRequest,
  type GroupMember,
  type JoinAnswer,
  type MemberIdentity,
  type OfferedProtocol,
} from './group-requests.js';
import type { GroupSettings } from './group-settings.js';
import { Heartbeats } from './heartbeats.js';

const log = loggerFor('kafka.group');

/** How long leaving may take: a coordinator that cannot be reached notices by itself. */
const LEAVE_LIMIT_MS = 5000;
/** Attempts that may follow each other at once, e.g. when a member id has to be asked for first. */
const ATTEMPTS_WITHOUT_PAUSE = 5;

/** What the kind of group adds to a membership. */
export interface MemberProtocol {
  readonly protocolType: string;
  /** Asked for each join, best first. */
  offers(): Promise<readonly OfferedProtocol[]>;
  /** Called on the leader: assignments by member id. */
  assign(protocolName: string, members: readonly GroupMember[]): Promise<ReadonlyMap<string, Buffer>>;
}

export interface MembershipEvents {
  /** The group is rebalancing: join again soon. May come several times. */
  rejoinNeeded(): void;
  /** The membership is over; joining again makes a new one. */
  lost(reason: KafkaError): void;
}

/** The outcome of a join. */
export interface Generation {
  readonly generationId: number;
  readonly memberId: string;
  readonly leader: boolean;
  readonly protocolName: string;
  readonly assignment: Buffer;
}

/**
 * One member's part in Kafka's classic group protocol: find the coordinator, join, synchronise, send heartbeats, leave.
 * When to join is the owner's decision; heartbeats go on by themselves from the first join until the membership is lost
 * or left, also during later joins. So a member that is cut off knows when its session ended even while it waits for the
 * others to join.
 */
export class Membership {
  private memberId = '';
  private generation = -1;
  private inGroup = false;
  private joining = false;
  private readonly closing = new AbortController();
  private readonly heartbeats: Heartbeats;

  constructor(
    private readonly connection: KafkaConnection,
    private readonly settings: GroupSettings,
    private readonly protocol: MemberProtocol,
    private readonly events: MembershipEvents,
  ) {
    this.heartbeats = new Heartbeats(connection, settings, {
      identity: () => this.identity(),
      rebalancing: () => {
        if (!this.joining) this.events.rejoinNeeded();
      },
      refused: (error, asked) => {
        // An answer to a heartbeat of before the join says nothing about the generation that came of it.
        const current = asked.generationId === this.generation && asked.memberId === this.memberId;
        if (!this.joining && current) this.lose(error);
      },
      expired: (error) => this.lose(error),
    });
  }

  /** Who this member is now; generation -1 where it has none. */
  identity(): MemberIdentity {
    const { groupId, instanceId } = this.settings;
    return { groupId, instanceId, memberId: this.memberId, generationId: this.generation };
  }

  /**
   * Joins or joins again; retries until it has an assignment. Throws where trying again is no use, and whatever
   * `protocol` throws; rejects once closed.
   */
  async join(): Promise<Generation> {
    this.joining = true;
    try {
      for (let attempt = 1; ; attempt++) {
        this.closing.signal.throwIfAborted();
        const outcome = await this.attempt().catch((error: unknown) => this.unreachable(error));
        if (typeof outcome !== 'string') return outcome;
        if (outcome === 'later' || attempt % ATTEMPTS_WITHOUT_PAUSE === 0) {
          await delay(this.settings.retryBackoffMs, this.closing.signal);
        }
      }
    } finally {
      this.joining = false;
    }
  }

  /** Leaves at once, also in the middle of a join, so that the others need not wait for the session to end. Never throws. */
  async leave(): Promise<void> {
    this.heartbeats.stop();
    const member = this.identity();
    this.inGroup = false;
    this.memberId = '';
    this.generation = -1;
    // A static member stays, so that it finds its assignment again when it comes back in time.
    if (member.memberId === '' || member.instanceId !== null) return;
    const leaving = (async () => {
      const coordinator = await this.connection.coordinator(member.groupId);
      const code = await this.connection.request(coordinator, leaveGroupRequest(member));
      if (code !== 0) log.debug({ group: member.groupId, code: protocolError(code).name }, 'leaving was not needed');
    })().catch((error: unknown) => {
      log.debug({ group: member.groupId, err: error }, 'leaving without the coordinator');
    });
    const limit = new AbortController();
    await Promise.race([leaving, delay(LEAVE_LIMIT_MS, limit.signal)]);
    limit.abort();
  }

  /** Leaves; a join under way is rejected. */
  async close(): Promise<void> {
    this.closing.abort(new KafkaError(`group ${this.settings.groupId}: the member was closed`, { retriable: false }));
    await this.leave();
  }

  /** One attempt: the generation, or when to try again. */
  private async attempt(): Promise<Generation | 'now' | 'later'> {
    const { groupId } = this.settings;
    const offers = await this.protocol.offers();
    const coordinator = await this.connection.coordinator(groupId);
    const request = joinGroupRequest(this.identity(), this.settings, this.protocol.protocolType, offers);
    const joined = await this.connection.request(coordinator, request, 'group');
    this.closing.signal.throwIfAborted();
    if (joined.errorCode !== 0) return this.refused('joining', joined.errorCode, joined.memberId);
    this.memberId = joined.memberId;
    this.generation = joined.generationId;
    this.inGroup = true;
    this.heartbeats.start();
    const leader = joined.leaderId === joined.memberId;
    const assignments = leader
      ? await this.protocol.assign(joined.protocolName, joined.members)
      : new Map<string, Buffer>();
    return this.synchronise(joined, leader, assignments);
  }

  private async synchronise(
    joined: JoinAnswer,
    leader: boolean,
    assignments: ReadonlyMap<string, Buffer>,
  ): Promise<Generation | 'now' | 'later'> {
    const { groupId, rebalanceTimeoutMs } = this.settings;
    const coordinator = await this.connection.coordinator(groupId);
    const request = syncGroupRequest(this.identity(), assignments, rebalanceTimeoutMs);
    const synced = await this.connection.request(coordinator, request, 'group');
    this.closing.signal.throwIfAborted();
    if (synced.errorCode !== 0) return this.refused('synchronising', synced.errorCode, this.memberId);
    const { generationId, memberId, protocolName } = joined;
    // The session may have ended while the leader took its time.
    if (!this.inGroup || this.generation !== generationId) return 'now';
    log.debug({ group: groupId, generationId, memberId, leader }, 'joined the group');
    return { generationId, memberId, leader, protocolName, assignment: synced.assignment };
  }

  private unreachable(error: unknown): 'later' {
    this.closing.signal.throwIfAborted();
    if (!(error instanceof KafkaError) || !error.retriable) throw error;
    this.connection.forgetCoordinator(this.settings.groupId);
    return 'later';
  }

  private refused(what: string, errorCode: number, memberId: string): 'now' | 'later' {
    const { groupId } = this.settings;
    const error = KafkaError.fromCode(errorCode, `${what} group ${groupId}`);
    switch (error.kafkaCode) {
      case 'MEMBER_ID_REQUIRED':
        this.memberId = memberId;
        return 'now';
      case 'REBALANCE_IN_PROGRESS':
        return 'now';
      case 'UNKNOWN_MEMBER_ID':
      case 'ILLEGAL_GENERATION':
        this.lose(error);
        this.memberId = '';
        return 'now';
      case 'NOT_COORDINATOR':
      case 'COORDINATOR_NOT_AVAILABLE':
        this.connection.forgetCoordinator(groupId);
        return 'later';
      case 'INCONSISTENT_GROUP_PROTOCOL':
        throw this.inconsistent(error);
      default:
        if (error.retriable) return 'later';
        throw error;
    }
  }

  private inconsistent(cause: KafkaError): KafkaError {
    const { groupId } = this.settings;
    const message =
      `group ${groupId} is held by members of another kind: they share no protocol of type ${this.protocol.protocolType} ` +
      'with this one; stop them or choose another group.id';
    return new KafkaError(message, {
      retriable: false,
      kafkaCode: 'INCONSISTENT_GROUP_PROTOCOL',
      referenceClass: cause.referenceClass,
      cause,
    });
  }

  private lose(reason: KafkaError): void {
    this.heartbeats.stop();
    this.generation = -1;
    // Kept in every other case: where the coordinator still knows the id, joining with it replaces the old membership,
    // and a fenced static member must not take its place back.
    if (reason.kafkaCode === 'UNKNOWN_MEMBER_ID') this.memberId = '';
    if (!this.inGroup) return;
    this.inGroup = false;
    this.events.lost(reason);
  }
}
