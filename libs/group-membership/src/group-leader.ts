import { loggerFor } from '@tributary/observability';
import { assign } from './assignor/assign.js';
import type { Member } from './assignor/member.js';
import { configuredTasks, type ClusterView } from './cluster-view.js';
import { encodeAssignment, type MemberAssignment } from './payload/member-assignment.js';
import { decodeMetadata } from './payload/member-metadata.js';

/** How long to read on in the config topic when a member knows more. */
const SYNC_LIMIT_MS = 3_000;

const log = loggerFor('membership.leader');

/** What the member does that the broker has made the group's leader: it knows the config topic and assigns for all. */
export class GroupLeader {
  /** true: this member made the current assignment */
  leads = false;

  constructor(
    private readonly view: ClusterView,
    private readonly maxDelayMs: number,
    private readonly now: () => number,
  ) {}

  /** A new round begins; somebody else may be asked to assign. */
  stepDown(): void {
    this.leads = false;
  }

  /** Assignments by member id; members whose metadata cannot be read get none. */
  async assign(
    joined: readonly { readonly memberId: string; readonly metadata: Buffer }[],
    last: { readonly generation: number; readonly payload: MemberAssignment } | undefined,
  ): Promise<Map<string, Buffer>> {
    this.leads = true;
    const members = joined.flatMap(({ memberId, metadata }): Member[] => {
      const decoded = decodeMetadata(metadata);
      if (decoded === undefined)
        log.error({ memberId }, 'a member of the group cannot be understood, it gets no tasks');
      return decoded === undefined ? [] : [{ memberId, metadata: decoded }];
    });
    warnOfNamesakes(members);
    await this.catchUp(Math.max(0, ...members.map(({ metadata }) => metadata.configOffset)));
    const latest = Math.max(-1, ...members.map(({ metadata }) => metadata.generation));
    const assignments = assign({
      members,
      tasks: configuredTasks(this.view),
      configOffset: this.view.snapshot().offset,
      // A leader that missed a rebalance does not know who has had what.
      previous: last !== undefined && last.generation >= latest ? last.payload : undefined,
      maxDelayMs: this.maxDelayMs,
      now: this.now(),
    });
    return new Map([...assignments].map(([memberId, assignment]) => [memberId, encodeAssignment(assignment)]));
  }

  private async catchUp(offset: number): Promise<void> {
    if (this.view.snapshot().offset >= offset) return;
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, SYNC_LIMIT_MS)));
    try {
      await Promise.race([this.view.refresh(), limit]);
    } catch (error) {
      log.warn({ err: error }, 'reading the config topic to its end before assigning');
    } finally {
      clearTimeout(timer);
    }
    const reached = this.view.snapshot().offset;
    if (reached < offset)
      log.warn({ offset, reached }, 'assigning from an older view of the config topic than a member has');
  }
}

function warnOfNamesakes(members: readonly Member[]): void {
  const ids = members.map(({ metadata }) => metadata.id);
  const twice = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  for (const id of twice)
    log.warn(
      { id },
      'several members call themselves the same; all but the newest get nothing: give each an address of its own',
    );
}
