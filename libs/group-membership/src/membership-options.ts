import type { ClientProperties, KafkaClientFactory } from '@tributary/kafka-client';
import type { ClusterView } from './cluster-view.js';
import type { ClusterMember } from './payload/member-assignment.js';
import type { Role } from './payload/member-metadata.js';
import type { TaskId } from './task-id.js';

/** This member's part of the last rebalance, and who else has which. */
export interface Assignment {
  /** the group's generation */
  readonly generation: number;
  /** undefined where there is no herder */
  readonly leaderId: string | undefined;
  readonly leaderUrl: string | undefined;
  /** true: this process is the leading herder */
  readonly leading: boolean;
  /** tasks that this process runs from now on */
  readonly tasks: readonly TaskId[];
  readonly members: readonly ClusterMember[];
  /** how far the config topic was read to make this assignment; the own view reaches as far */
  readonly configOffset: number;
}

/** Called one at a time. */
export interface MembershipListener {
  /** Resolves when what is not in the assignment has stopped; what is new may still be starting. */
  assigned(assignment: Assignment): Promise<void>;
  /** This process is no longer a member: it owns nothing, leads nothing, and must stop its tasks at once. */
  lost(): Promise<void>;
}

export interface MembershipOptions {
  readonly clients: KafkaClientFactory;
  /** the worker's: `group.id`, `session.timeout.ms`, `scheduled.rebalance.max.delay.ms`, ... and those of the connection */
  readonly properties: ClientProperties;
  readonly role: Role;
  /** advertised host:port */
  readonly workerId: string;
  /** advertised URL */
  readonly url: string;
  readonly configStore: ClusterView;
  /** What this process runs now; tasks that are still stopping count. */
  readonly runningTasks: () => readonly TaskId[];
  readonly listener: MembershipListener;
  /** milliseconds since the epoch; defaults to the system's clock */
  readonly now?: () => number;
}
