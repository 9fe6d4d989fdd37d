import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { answersHealthy, Child, sleep, type ChildOptions } from '../process/index.js';
import { LaunchError } from './settings.js';

/** Exit codes with which a service says that starting it again would not help: its configuration is wrong. */
const CONFIG_ERROR_EXIT = 2;
const FIRST_RESTART_MS = 500;
const LONGEST_RESTART_MS = 10_000;

/** One process of the cluster, started again whenever it dies, until it is stopped. */
export class Service {
  private child: Child | undefined;
  private stopping = false;
  private wasReady = false;

  constructor(
    readonly name: string,
    private readonly options: ChildOptions,
    /** base URL of its health endpoint */
    private readonly url: string,
    /** how to ask for it over https */
    private readonly tls: ConnectionOptions,
    private readonly say: (line: string) => void,
  ) {}

  start(): void {
    void this.keepRunning();
  }

  /** Resolves when the service says that it is ready; rejects with its own words when it gave up before. */
  async ready(deadlineMs: number): Promise<void> {
    const end = Date.now() + deadlineMs;
    for (;;) {
      if (this.child?.exit && this.child.exit.code !== null) throw this.failedStart(this.child);
      if (await answersHealthy(this.url, this.tls)) break;
      if (Date.now() > end)
        throw new LaunchError(
          `the ${this.name} did not become ready in ${deadlineMs / 1000} s; log: ${this.options.logFile}`,
        );
      await sleep(50);
    }
    this.wasReady = true;
  }

  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    await this.child?.stop(graceMs);
  }

  private async keepRunning(): Promise<void> {
    for (let delay = FIRST_RESTART_MS; !this.stopping; delay = Math.min(delay * 2, LONGEST_RESTART_MS)) {
      const startedAt = Date.now();
      this.child = Child.start(this.options);
      const exit = await this.child.exited;
      if (this.stopping || !this.wasReady) return;
      if (Date.now() - startedAt > LONGEST_RESTART_MS) delay = FIRST_RESTART_MS;
      const how = exit.signal ?? `exit code ${exit.code}`;
      if (exit.code === CONFIG_ERROR_EXIT)
        this.say(`the ${this.name} refuses its configuration: ${lastWords(this.options.logFile)}`);
      this.say(`the ${this.name} ended (${how}): starting it again`);
      await sleep(delay);
    }
  }

  private failedStart(child: Child): LaunchError {
    return new LaunchError(`the ${this.name} could not start: ${lastWords(child.logFile)} (log: ${child.logFile})`);
  }
}

/** The message of the last fatal entry in a log, else its last line. */
function lastWords(logFile: string): string {
  const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n');
  const fatal = lines.map(parsed).findLast((entry) => entry?.level === 'fatal');
  return String(fatal?.msg ?? lines.at(-1));
}

function parsed(line: string): { readonly level?: unknown; readonly msg?: unknown } | undefined {
  try {
    return JSON.parse(line) as { level?: unknown; msg?: unknown };
  } catch {
    return undefined;
  }
}
