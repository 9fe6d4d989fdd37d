import type { TaskId } from '@tributary/kafka-storage';
import { MomentaryConflictError } from '../errors.js';

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

/** The executor that runs the task; throws a {@link MomentaryConflictError} while none does. */
export function ownerOf({ members }: HerderAssignment, { connector, task }: TaskId): ClusterMember {
  const owner = members.find(({ tasks }) => tasks.some((own) => own.connector === connector && own.task === task));
  if (owner !== undefined) return owner;
  throw new MomentaryConflictError(`Cannot restart task ${connector}-${task}: no executor runs it at the moment`);
}
