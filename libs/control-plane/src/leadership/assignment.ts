import type { TaskId } from '@tributary/kafka-storage';

/** A member of the cluster as the assignment names it. */
export interface ClusterMember {
  /** advertised host:port */
  readonly id: string;
  readonly role: 'herder' | 'executor';
  readonly url: string;
  readonly tasks: readonly TaskId[];
}

/** The part of a group assignment that concerns a herder. */
export interface HerderAssignment {
  readonly generation: number;
  readonly leaderUrl: string | undefined;
  /** this herder leads */
  readonly leading: boolean;
  readonly members: readonly ClusterMember[];
}
