import type { KafkaConnection } from '../connection/kafka-connection.js';
import { KafkaError } from '../errors.js';
import { protocolError } from '../protocol/error-codes.js';
import { heartbeatRequest, type MemberIdentity } from './group-requests.js';
import type { GroupSettings } from './group-settings.js';

export interface HeartbeatEvents {
  /** The generation that these heartbeats are for, asked before each. */
  identity(): MemberIdentity;
  /** The coordinator waits for this member to join again. */
  rebalancing(): void;
  /** The coordinator knows no such member or generation. `asked` is what the heartbeat said. */
  refused(error: KafkaError, asked: MemberIdentity): void;
  /** No heartbeat was answered for a session timeout: the coordinator has given the member up by now. */
  expired(error: KafkaError): void;
}

/**
 * Heartbeats of one membership, every `heartbeat.interval.ms` from `start` to `stop`, whatever else the member does.
 *
 * The session's end is told by the member's own clock, counted from the moment at which the last heartbeat that was
 * answered had been sent, so that it is never later than the coordinator's.
 */
export class Heartbeats {
  private timer: NodeJS.Timeout | undefined;
  private expiry: NodeJS.Timeout | undefined;
  private contactAt = 0;
  private run = 0;

  constructor(
    private readonly connection: KafkaConnection,
    private readonly settings: GroupSettings,
    private readonly events: HeartbeatEvents,
  ) {}

  /** Starts, or goes on with a session that was renewed just now. */
  start(): void {
    this.stop();
    this.touch(performance.now());
    this.schedule(this.settings.heartbeatIntervalMs);
  }

  stop(): void {
    this.run++;
    clearTimeout(this.timer);
    clearTimeout(this.expiry);
  }

  private schedule(delayMs: number): void {
    const run = this.run;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.beat(run), delayMs);
  }

  private touch(contactAt: number): void {
    this.contactAt = contactAt;
    clearTimeout(this.expiry);
    const leftMs = this.contactAt + this.settings.sessionTimeoutMs - performance.now();
    this.expiry = setTimeout(() => this.expire(), Math.max(0, leftMs));
  }

  private expire(): void {
    this.stop();
    const { groupId, sessionTimeoutMs } = this.settings;
    const message = `group ${groupId}: no heartbeat was answered for session.timeout.ms (${sessionTimeoutMs} ms)`;
    this.events.expired(new KafkaError(message, { retriable: true, kafkaCode: 'REQUEST_TIMED_OUT' }));
  }

  private async beat(run: number): Promise<void> {
    const { groupId, heartbeatIntervalMs, retryBackoffMs } = this.settings;
    const sentAt = performance.now();
    const asked = this.events.identity();
    let code: string;
    try {
      const coordinator = await this.connection.coordinator(groupId);
      const errorCode = await this.connection.request(coordinator, heartbeatRequest(asked));
      code = errorCode === 0 ? 'NONE' : protocolError(errorCode).name;
    } catch {
      // Said by the connection when it is lost; the session's own clock decides what follows.
      code = 'NETWORK_EXCEPTION';
    }
    if (run !== this.run) return;
    this.schedule(code === 'NONE' || code === 'REBALANCE_IN_PROGRESS' ? heartbeatIntervalMs : retryBackoffMs);
    switch (code) {
      case 'NONE':
        this.touch(sentAt);
        return;
      case 'REBALANCE_IN_PROGRESS':
        this.touch(sentAt);
        this.events.rebalancing();
        return;
      case 'NETWORK_EXCEPTION':
      case 'NOT_COORDINATOR':
      case 'COORDINATOR_NOT_AVAILABLE':
        this.connection.forgetCoordinator(groupId);
        return;
      case 'COORDINATOR_LOAD_IN_PROGRESS':
      case 'REQUEST_TIMED_OUT':
        return;
      default:
        this.events.refused(refusal(groupId, code), asked);
    }
  }
}

function refusal(groupId: string, code: string): KafkaError {
  const reason =
    code === 'FENCED_INSTANCE_ID'
      ? 'another member with the same group.instance.id has taken over'
      : 'the coordinator has removed this member from the group';
  return new KafkaError(`group ${groupId}: ${reason} (${code})`, {
    retriable: code === 'ILLEGAL_GENERATION' || code === 'UNKNOWN_MEMBER_ID',
    kafkaCode: code,
  });
}
