import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { sleep, until } from '../process/index.js';
import { LaunchError } from './settings.js';

/** A process, and a piece of its command line by which it is known again: its pid alone may be another's by now. */
interface Entry {
  readonly pid: number;
  readonly mark: string;
  readonly isBroker: boolean;
}

interface Recorded {
  readonly launcher: Entry;
  readonly children: readonly Entry[];
}

const LAUNCHER_MARK = 'start.mjs';
const LEFTOVER_GRACE_MS = 10_000;

/**
 * The file that says which processes a start has started. A launcher that is killed cannot stop them; the next start on
 * the same data finds them here and does.
 */
export class RunRecord {
  private children: Entry[] = [];

  private constructor(private readonly file: string) {}

  /** Throws where another launcher is at work on the same data; ends what a killed one left behind. */
  static async open(file: string, say: (line: string) => void): Promise<RunRecord> {
    const earlier = read(file);
    if (earlier !== undefined) {
      const { launcher, children } = earlier;
      if (launcher.pid !== process.pid && isRunning(launcher)) {
        throw new LaunchError(
          `Tributary runs already (process ${launcher.pid}): stop it first, or set TRIBUTARY_STATE_DIR to another folder for a cluster beside it`,
        );
      }
      const leftovers = children.filter(isRunning);
      if (leftovers.length > 0) {
        say(`Stopping ${leftovers.length} processes that an earlier start left behind ...`);
        await endAll(leftovers);
      }
    }
    const record = new RunRecord(file);
    record.write();
    return record;
  }

  /** Notes a process that was started. */
  add(child: Entry): void {
    this.children = [...this.children.filter(isRunning), child];
    this.write();
  }

  /** Ends what still runs, such as a broker that was about to start. */
  async close(): Promise<void> {
    await endAll(this.children.filter(isRunning));
    rmSync(this.file, { force: true });
  }

  private write(): void {
    const recorded: Recorded = {
      launcher: { pid: process.pid, mark: LAUNCHER_MARK, isBroker: false },
      children: this.children,
    };
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(`${this.file}.new`, JSON.stringify(recorded));
    renameSync(`${this.file}.new`, this.file);
  }
}

function read(file: string): Recorded | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Recorded;
  } catch {
    return undefined;
  }
}

function isRunning({ pid, mark }: Entry): boolean {
  return commandLine(pid).includes(mark);
}

/** Empty where there is no such process. */
function commandLine(pid: number): string {
  if (!existsSync('/proc/self')) return spawnSync('ps', ['-o', 'args=', '-p', `${pid}`], { encoding: 'utf8' }).stdout;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** The broker last, so that the others can say goodbye to it. */
async function endAll(entries: readonly Entry[]): Promise<void> {
  await Promise.all(entries.filter(({ isBroker }) => !isBroker).map(end));
  await Promise.all(entries.filter(({ isBroker }) => isBroker).map(end));
}

/** SIGTERM, then SIGKILL. */
async function end(entry: Entry): Promise<void> {
  signal(entry, 'SIGTERM');
  await until(`process ${entry.pid} to end`, () => !isRunning(entry), LEFTOVER_GRACE_MS).catch(async () => {
    signal(entry, 'SIGKILL');
    await sleep(100);
  });
}

function signal(entry: Entry, name: NodeJS.Signals): void {
  try {
    if (isRunning(entry)) process.kill(entry.pid, name);
  } catch {
    // ended in between
  }
}
