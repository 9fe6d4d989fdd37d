import {
  CONNECT_VERSION,
  IllegalStateError,
  javaToString,
  javaUtf8Text,
  type Props,
  type SinkRecord,
  type SinkTask,
} from '@tributary/connect-api';
import { FILE, SINK_CONFIG } from './file-config.js';
import { fileOutput, standardOutput, type LineOutput } from './line-output.js';

/**
 * Each record's value as Java text and a line end; keys are not written. A batch is one write, on its way while the next
 * batch is read and converted: `put` waits for the one before.
 */
export class FileStreamSinkTask implements SinkTask {
  static readonly className = 'org.apache.kafka.connect.file.FileStreamSinkTask';
  #output: LineOutput | undefined;
  /** the last write; it began when the one before was done */
  #written: Promise<void> | undefined;

  version(): string {
    return CONNECT_VERSION;
  }

  async start(props: Props): Promise<void> {
    const file = SINK_CONFIG.parse(props).optionalString(FILE) ?? '';
    this.#output = file === '' ? standardOutput : await fileOutput(file);
  }

  async put(records: readonly SinkRecord[]): Promise<void> {
    if (this.#output === undefined) throw new IllegalStateError('put was called before start');
    if (records.length === 0) return;
    let text = '';
    for (const { value, valueSchema } of records) {
      text += `${typeof value === 'string' ? value : javaToString(value, valueSchema)}\n`;
    }
    await this.#written;
    this.#written = this.#output.write(javaUtf8Text(text));
    // Whoever waits for it next hears of it.
    this.#written.catch(() => undefined);
  }

  /** Rejects where a write since the last flush failed: what was given since then comes again. */
  async flush(): Promise<void> {
    const written = this.#written;
    this.#written = undefined;
    await written;
  }

  async stop(): Promise<void> {
    await this.#written?.catch(() => undefined);
    await this.#output?.close();
    this.#output = undefined;
  }
}
