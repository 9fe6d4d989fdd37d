import type { TopicPartition, TopicPartitionOffset } from '@tributary/connect-api';

/** Why a task's own offset was not taken. */
export interface RefusedOffset extends TopicPartitionOffset {
  readonly why: 'not assigned' | 'not consumed';
}

/** Text that is unique for a topic and partition. */
export const partitionName = ({ topic, partition }: TopicPartition): string => `${topic}-${partition}`;

/**
 * How far a sink task is in each partition it owns: what it was given (`delivered`), and what Kafka remembers
 * (`committed`). Offsets are those of the next record.
 */
export class SinkOffsets {
  private readonly delivered = new Map<string, TopicPartitionOffset>();
  private readonly committed = new Map<string, TopicPartitionOffset>();

  /** A partition was gained, its next record has this offset. */
  assign(position: TopicPartitionOffset): void {
    this.delivered.set(partitionName(position), position);
    this.committed.set(partitionName(position), position);
  }

  remove(partitions: readonly TopicPartition[]): void {
    for (const partition of partitions) {
      this.delivered.delete(partitionName(partition));
      this.committed.delete(partitionName(partition));
    }
  }

  /** All records before these offsets have been put, or left out for good. Ignores partitions that are not owned. */
  advance(positions: Iterable<TopicPartitionOffset>): void {
    for (const position of positions) {
      const name = partitionName(position);
      if (this.delivered.has(name)) this.delivered.set(name, position);
    }
  }

  /** what may be offered to `preCommit` */
  current(partitions: readonly TopicPartition[]): TopicPartitionOffset[] {
    return partitions.flatMap((partition) => this.delivered.get(partitionName(partition)) ?? []);
  }

  /** records that were delivered and that Kafka does not know of yet */
  get uncommitted(): number {
    let sum = 0;
    for (const [name, { offset }] of this.delivered) sum += offset - (this.committed.get(name)?.offset ?? offset);
    return sum;
  }

  /** Forgets what was delivered since the last commit; returns where to read on. */
  rewind(partitions: readonly TopicPartition[]): TopicPartitionOffset[] {
    return partitions.flatMap((partition) => {
      const name = partitionName(partition);
      const position = this.committed.get(name);
      if (position !== undefined) this.delivered.set(name, position);
      return position ?? [];
    });
  }

  /**
   * Which of the offsets that a task returned from `preCommit` can be committed: those of owned partitions, not beyond
   * what was delivered. Those that Kafka has already are left out.
   */
  select(
    wanted: readonly TopicPartitionOffset[],
    partitions: readonly TopicPartition[],
  ): { commit: TopicPartitionOffset[]; refused: RefusedOffset[] } {
    const allowed = new Set(partitions.map(partitionName));
    const commit: TopicPartitionOffset[] = [];
    const refused: RefusedOffset[] = [];
    for (const position of wanted) {
      const name = partitionName(position);
      const delivered = this.delivered.get(name);
      if (delivered === undefined) refused.push({ ...position, why: 'not assigned' });
      else if (position.offset > delivered.offset) refused.push({ ...position, why: 'not consumed' });
      else if (allowed.has(name) && position.offset !== this.committed.get(name)?.offset) commit.push(position);
    }
    return { commit, refused };
  }

  markCommitted(positions: readonly TopicPartitionOffset[]): void {
    for (const position of positions) {
      const name = partitionName(position);
      if (this.committed.has(name)) this.committed.set(name, position);
    }
  }
}
