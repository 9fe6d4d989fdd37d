import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

export interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** output is appended there */
  readonly logFile: string;
  /** told the process id of each process that is started with these options */
  readonly onStart?: (pid: number) => void;
}

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * A process that we started, in a process group of its own: a Ctrl-C in the terminal reaches the launcher alone, which
 * then stops its children in the right order.
 */
export class Child {
  readonly exited: Promise<Exit>;
  #exit: Exit | undefined;

  private constructor(
    private readonly process: ChildProcess,
    readonly logFile: string,
  ) {
    this.exited = new Promise((resolve) => {
      const ended = (exit: Exit) => {
        this.#exit = exit;
        resolve(exit);
      };
      process.once('exit', (code, signal) => ended({ code, signal }));
      process.once('error', () => ended({ code: 127, signal: null }));
    });
  }

  static start(options: ChildOptions): Child {
    mkdirSync(dirname(options.logFile), { recursive: true });
    const log = openSync(options.logFile, 'a');
    const child = spawn(options.command, [...options.args], {
      stdio: ['ignore', log, log],
      detached: true,
      env: { ...process.env, ...options.env },
      cwd: options.cwd,
    });
    closeSync(log);
    if (child.pid !== undefined) options.onStart?.(child.pid);
    return new Child(child, options.logFile);
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  get exit(): Exit | undefined {
    return this.#exit;
  }

  kill(signal: NodeJS.Signals): void {
    if (this.#exit === undefined) this.process.kill(signal);
  }

  /** SIGTERM, then SIGKILL for what is still there after `graceMs`. */
  async stop(graceMs: number): Promise<Exit> {
    this.kill('SIGTERM');
    const timer = setTimeout(() => this.kill('SIGKILL'), graceMs);
    try {
      return await this.exited;
    } finally {
      clearTimeout(timer);
    }
  }
}
