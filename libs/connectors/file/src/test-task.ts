import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SourceOffset, SourceRecord, SourceTaskContext } from '@tributary/connect-api';
import { FileStreamSourceTask } from './file-source.task.js';

/** A folder of its own for one spec, removed by `remove`. */
export function temporaryFolder(): { path(name: string): string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'file-connector-'));
  return { path: (name) => join(folder, name), remove: () => rmSync(folder, { recursive: true }) };
}

/** A running source task, as the runtime would drive it; `warnings` are the lines it logged. */
export class TestTask {
  readonly task = new FileStreamSourceTask();
  readonly warnings: string[] = [];
  readonly #stop = new AbortController();

  constructor(
    readonly props: Readonly<Record<string, string>>,
    stored: SourceOffset | null = null,
  ) {
    const context: SourceTaskContext = {
      connectorName: 'c',
      taskId: 0,
      configs: () => props,
      log: {
        info: () => undefined,
        warn: (message) => this.warnings.push(message),
        error: (message) => this.warnings.push(message),
      },
      offsetReader: { offset: async () => stored, offsets: async (partitions) => partitions.map(() => stored) },
      signal: this.#stop.signal,
    };
    this.task.initialize(context);
    this.task.start(props);
  }

  async poll(): Promise<readonly SourceRecord[]> {
    return (await this.task.poll()) ?? [];
  }

  /** Polls until there are `count` records; throws after `deadlineMs`. */
  async records(count: number, deadlineMs = 10_000): Promise<SourceRecord[]> {
    const records: SourceRecord[] = [];
    const end = performance.now() + deadlineMs;
    while (records.length < count) {
      if (performance.now() > end) throw new Error(`${records.length} of ${count} records after ${deadlineMs} ms`);
      records.push(...(await this.poll()));
    }
    return records;
  }

  /** Polls until there are `count` lines. */
  async lines(count: number): Promise<unknown[]> {
    return (await this.records(count)).map(({ value }) => value);
  }

  /** What the runtime does first when a task is to stop. */
  abort(): void {
    this.#stop.abort();
  }

  async stop(): Promise<void> {
    this.abort();
    await this.task.stop();
  }
}
