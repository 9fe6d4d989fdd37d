import {
  CONNECT_VERSION,
  IllegalStateError,
  Schemas,
  type Props,
  type SourceOffset,
  type SourcePartition,
  type SourceRecord,
  type SourceTask,
  type SourceTaskContext,
} from '@tributary/connect-api';
import { BATCH_SIZE, FILE, SOURCE_CONFIG, TOPIC } from './file-config.js';
import { FileLines } from './file-lines.js';
import { LineBuffer } from './line-buffer.js';
import type { LineSource } from './line-source.js';
import { StdinLines } from './stdin-lines.js';

const CHUNK_BYTES = 512 * 1024;
/** of a line after which another content begins */
const START: SourceOffset = Object.freeze({ position: 0 });
/** of a line from standard input */
const NOWHERE: SourceOffset = Object.freeze({ position: null });

/**
 * Each line is a record: value the line without its end, no key, timestamp now. Source partition `{"filename":path}`,
 * offset `{"position":n}`, the number of bytes up to and with the line's end (null for standard input). The last line waits
 * until it has an end.
 */
export class FileStreamSourceTask implements SourceTask {
  static readonly className = 'org.apache.kafka.connect.file.FileStreamSourceTask';

  readonly #lines = new LineBuffer(CHUNK_BYTES);
  #context: SourceTaskContext | undefined;
  #source: LineSource | undefined;
  #partition: SourcePartition = {};
  #topic = '';
  #batchSize = 0;
  #fromFile = false;

  version(): string {
    return CONNECT_VERSION;
  }

  initialize(context: SourceTaskContext): void {
    this.#context = context;
  }

  start(props: Props): void {
    const config = SOURCE_CONFIG.parse(props);
    const file = config.optionalString(FILE) ?? '';
    if (this.#context === undefined) throw new IllegalStateError('start was called before initialize');
    this.#topic = config.string(TOPIC);
    this.#batchSize = config.int(BATCH_SIZE);
    this.#fromFile = file !== '';
    this.#partition = Object.freeze({ filename: this.#fromFile ? file : null });
    this.#source = this.#fromFile ? new FileLines(file, this.#context) : new StdinLines(this.#context.signal);
  }

  poll(): readonly SourceRecord[] | Promise<readonly SourceRecord[] | null> {
    const records = this.#take();
    return records.length > 0 ? records : this.#fillAndTake();
  }

  async stop(): Promise<void> {
    await this.#source?.close();
  }

  async #fillAndTake(): Promise<readonly SourceRecord[] | null> {
    const source = this.#source;
    if (source === undefined) throw new IllegalStateError('poll was called before start');
    const records: SourceRecord[] = [];
    await source.fill(this.#lines, (line) => records.push(this.#record(line, START, Date.now())));
    if (records.length > 0) return records;
    const taken = this.#take();
    return taken.length > 0 ? taken : null;
  }

  #take(): SourceRecord[] {
    const records: SourceRecord[] = [];
    const before = (this.#source?.position ?? 0) - this.#lines.pending;
    const now = Date.now();
    this.#lines.take(this.#batchSize, (line, bytesTaken) => {
      records.push(this.#record(line, this.#fromFile ? { position: before + bytesTaken } : NOWHERE, now));
    });
    return records;
  }

  #record(value: string, sourceOffset: SourceOffset, timestamp: number): SourceRecord {
    return {
      sourcePartition: this.#partition,
      sourceOffset,
      topic: this.#topic,
      kafkaPartition: null,
      keySchema: null,
      key: null,
      valueSchema: Schemas.STRING,
      value,
      timestamp,
      headers: undefined,
    };
  }
}
