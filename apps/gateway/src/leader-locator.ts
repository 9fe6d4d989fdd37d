import { readCluster } from '@tributary/group-membership';
import type { Admin } from '@tributary/kafka-client';

/** How long what was learnt is believed, milliseconds. */
const FRESH_MS = 2_000;

/** Finds the leading herder by asking the group coordinator, without joining the group. */
export class LeaderLocator {
  private url: string | undefined;
  private askedAt = -Infinity;
  private asking: Promise<string | undefined> | undefined;

  constructor(
    private readonly admin: Admin,
    private readonly groupId: string,
    private readonly now: () => number = Date.now,
  ) {}

  /** The leader's base URL; undefined while there is none. Callers at the same time share one look-up. */
  async leaderUrl(): Promise<string | undefined> {
    if (this.url !== undefined && this.now() - this.askedAt < FRESH_MS) return this.url;
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
    return this.asking;
  }

  /** What was learnt turned out to be wrong. */
  forget(): void {
    this.url = undefined;
  }

  private async ask(): Promise<string | undefined> {
    const cluster = await readCluster(this.admin, this.groupId);
    this.url = cluster?.leaderUrl;
    this.askedAt = this.now();
    return this.url;
  }
}
