import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from '@tributary/testing';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** A real executor process. */
export class ExecutorProcess {
  output = '';
  readonly exited: Promise<number | NodeJS.Signals>;
  private readonly directory = mkdtempSync(join(tmpdir(), 'tributary-executor-process-'));
  private readonly child: ChildProcess;

  constructor(properties: Readonly<Record<string, string>>) {
    const file = join(this.directory, 'worker.properties');
    writeFileSync(
      file,
      Object.entries(properties)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    );
    this.child = spawn(process.execPath, [MAIN, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.child.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.exited = new Promise((resolve) => {
      this.child.once('exit', (code, signal) => resolve(code ?? signal ?? -1));
    });
  }

  /** Resolves to its URL once it has joined the group. */
  ready(): Promise<string> {
    return until(
      'the executor to be ready',
      () => {
        const ready = this.lines().find(({ msg }) => msg === 'ready');
        return ready === undefined ? undefined : `http://${String(ready.workerId)}`;
      },
      30_000,
    );
  }

  get workerId(): string {
    return String(this.lines().find(({ msg }) => msg === 'ready')?.workerId);
  }

  lines(): Record<string, unknown>[] {
    return this.output
      .split('\n')
      .filter((line) => line.startsWith('{') && line.endsWith('}'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  async end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals> {
    this.child.kill(signal);
    const exit = await this.exited;
    rmSync(this.directory, { recursive: true, force: true });
    return exit;
  }
}
