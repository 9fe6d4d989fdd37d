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
 * Each record's value as Java text and a line end; keys are not written. A batch is one write, done before `put` returns,
 * so that nothing is left to flush before a commit.
 */
export class FileStreamSinkTask implements SinkTask {
  static readonly className = 'org.apache.kafka.connect.file.FileStreamSinkTask';
  #output: LineOutput | undefined;

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
    await this.#output.write(javaUtf8Text(text));
  }

  async stop(): Promise<void> {
    await this.#output?.close();
    this.#output = undefined;
  }
}
