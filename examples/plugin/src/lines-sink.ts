import { open, type FileHandle } from 'node:fs/promises';
import {
  ConfigDef,
  ConnectError,
  RetriableError,
  nonEmptyString,
  type Props,
  type SinkConnector,
  type SinkRecord,
  type SinkTask,
} from '@tributary/connect-api';

const CONFIG = ConfigDef.define({
  file: { type: 'STRING', importance: 'HIGH', documentation: 'The file to append to.', validator: nonEmptyString },
});

/** Appends each record to a file, as a line of JSON. Each task writes a file of its own: `file`, `file.1`, `file.2`, ... */
export class LinesSinkConnector implements SinkConnector {
  static readonly className = 'com.example.LinesSinkConnector';
  #props: Props = {};

  version(): string {
    return '1.0.0';
  }

  config(): ConfigDef {
    return CONFIG;
  }

  taskClass(): typeof LinesSinkTask {
    return LinesSinkTask;
  }

  start(props: Props): void {
    this.#props = props;
  }

  taskConfigs(maxTasks: number): Props[] {
    const { file = '' } = this.#props;
    return Array.from({ length: maxTasks }, (_, task) => ({
      ...this.#props,
      file: task === 0 ? file : `${file}.${task}`,
    }));
  }

  stop(): void {}
}

/** Lines are in the file's buffer after `put` and on the disk after `flush`, which comes before every commit of offsets. */
export class LinesSinkTask implements SinkTask {
  #path = '';
  #file: FileHandle | undefined;

  version(): string {
    return '1.0.0';
  }

  async start(props: Props): Promise<void> {
    this.#path = CONFIG.parse(props).string('file');
    this.#file = await open(this.#path, 'a').catch((cause: unknown) => {
      throw new ConnectError(`opening ${this.#path}: ${String(cause)}`, { cause });
    });
  }

  async put(records: readonly SinkRecord[]): Promise<void> {
    if (records.length === 0) return;
    const lines = records.map(({ value }) => `${JSON.stringify(value)}\n`);
    await this.#file?.appendFile(lines.join('')).catch((cause: unknown) => {
      if (isFull(cause)) throw new RetriableError(`${this.#path}: the disk is full`, { cause });
      throw new ConnectError(`writing ${this.#path}: ${String(cause)}`, { cause });
    });
  }

  async flush(): Promise<void> {
    await this.#file?.sync();
  }

  async stop(): Promise<void> {
    await this.#file?.close();
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC';
}
