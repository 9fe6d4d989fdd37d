import type { ConnectClient } from '../cluster/index.js';
import { sleep } from '../process/index.js';

const PATHS = ['/connectors?expand=info&expand=status', '/connector-plugins', '/health', '/connectors', '/'];
const PAUSE_MS = 50;
/** An answer that takes longer is counted, milliseconds. */
const SLOW_MS = 5_000;

interface Expanded {
  readonly status?: { readonly connector: { readonly state: string; readonly worker_id: string } };
}

/** Another client, which reads all the time and notes what it would complain about. */
export class Reader {
  readonly problems: string[] = [];
  /** herders that have been seen to run connectors; only the leader does */
  readonly leaders = new Set<string>();
  requests = 0;
  slowestMs = 0;
  private stopped = false;
  private readonly done: Promise<void>;

  constructor(private readonly client: ConnectClient) {
    this.done = this.run();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.done;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      await this.read(PATHS[this.requests++ % PATHS.length] ?? '/');
      await sleep(PAUSE_MS);
    }
  }

  private async read(path: string): Promise<void> {
    const from = performance.now();
    try {
      const { status, body } = await this.client.get(path);
      if (status !== 200) this.problems.push(`GET ${path} was answered with ${status} ${JSON.stringify(body)}`);
      else if (path.includes('expand')) this.note(body as Readonly<Record<string, Expanded>>);
    } catch (error) {
      this.problems.push(`GET ${path} was not answered: ${String(error)}`);
    }
    const tookMs = performance.now() - from;
    this.slowestMs = Math.max(this.slowestMs, tookMs);
    if (tookMs > SLOW_MS) this.problems.push(`GET ${path} took ${Math.round(tookMs)} ms`);
  }

  private note(connectors: Readonly<Record<string, Expanded>>): void {
    for (const { status } of Object.values(connectors)) {
      if (status !== undefined && status.connector.state !== 'UNASSIGNED') this.leaders.add(status.connector.worker_id);
    }
  }
}
