import type { TopicPartitionOffset } from '@tributary/connect-api';
import type { Generation, Membership } from '../group/membership.js';
import { decodeAssignment } from './consumer-protocol.js';
import type { GroupOffsets } from './group-offsets.js';

/** What a join has come to: a generation and where its partitions are to be read from, or why there is none. */
export type JoinOutcome =
  { readonly generation: Generation; readonly starts: readonly TopicPartitionOffset[] } | { readonly error: unknown };

/** A join that goes on while `poll` returns and is called again; its outcome waits to be taken. */
export class BackgroundJoin {
  private running = false;
  private outcome: JoinOutcome | undefined;

  constructor(
    private readonly membership: Membership,
    private readonly offsets: GroupOffsets,
    private readonly events: { joined(): void; done(): void },
  ) {}

  get isRunning(): boolean {
    return this.running;
  }

  /** True from `start` until the outcome was taken. */
  get isPending(): boolean {
    return this.running || this.outcome !== undefined;
  }

  start(): void {
    this.running = true;
    void this.joinAndLookUp().then((outcome) => {
      this.running = false;
      this.outcome = outcome;
      this.events.done();
    });
  }

  take(): JoinOutcome | undefined {
    const { outcome } = this;
    this.outcome = undefined;
    return outcome;
  }

  private async joinAndLookUp(): Promise<JoinOutcome> {
    try {
      const generation = await this.membership.join();
      this.events.joined();
      const starts = await this.offsets.starts(decodeAssignment(generation.assignment));
      return { generation, starts: starts.toSorted(byPartition) };
    } catch (error) {
      return { error };
    }
  }
}

function byPartition(one: TopicPartitionOffset, other: TopicPartitionOffset): number {
  return one.topic === other.topic ? one.partition - other.partition : one.topic < other.topic ? -1 : 1;
}
