import type { ClusterView } from '@tributary/control-plane';
import { loggerFor } from '@tributary/observability';

const log = loggerFor('gateway.view');

/** How long a read waits for Kafka before it is answered from what is known, milliseconds. */
const PATIENCE_MS = 2_000;

/**
 * Gives the cluster's view once it holds all that was written before the call, so that a client reads its own writes on
 * any gateway. While Kafka does not answer, reads are answered from what was known last. Who waits for the same refresh
 * waits as one: with many readers, a timer for each costs more than the answer.
 */
export class FreshView {
  private stale = false;
  /** what the views wait for that were asked for last, and their outcome */
  private refresh: Promise<void> | undefined;
  private refreshed: Promise<ClusterView> | undefined;

  constructor(
    private readonly clusterView: ClusterView,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  view(): Promise<ClusterView> {
    const refresh = this.clusterView.refresh();
    if (this.refreshed === undefined || refresh !== this.refresh) {
      this.refresh = refresh;
      this.refreshed = this.after(refresh);
    }
    return this.refreshed;
  }

  private async after(refresh: Promise<void>): Promise<ClusterView> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), this.patienceMs);
    });
    try {
      const outcome = await Promise.race([refresh, timeout]);
      this.note(outcome === 'late', undefined);
    } catch (error) {
      this.note(true, error);
    } finally {
      clearTimeout(timer);
    }
    return this.clusterView;
  }

  /** One line when Kafka goes out of reach, one when it is back. */
  private note(stale: boolean, error: unknown): void {
    if (stale === this.stale) return;
    this.stale = stale;
    if (stale) log.warn({ err: error }, 'Kafka does not answer: reads are answered from what was known last');
    else log.info('reads are up to date again');
  }
}
