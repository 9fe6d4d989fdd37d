import {
  CONNECT_VERSION,
  ConnectError,
  IllegalStateError,
  SchemaBuilder,
  Schemas,
  Struct,
  sourceRecord,
  type Props,
  type SourceRecord,
  type SourceTask,
  type SourceTaskContext,
} from '@tributary/connect-api';
import { jsonText } from '../common/json-text.js';
import { parseBoolean, parseInteger, parseLong, storedNumber } from '../common/numbers.js';
import { printLine, type PrintLine } from '../common/print-line.js';
import { Throttle } from '../common/throttle.js';
import { lineOf, type Members } from './line.js';

const COMPLETE_SCHEMA = SchemaBuilder.struct()
  .field('name', Schemas.STRING)
  .field('task', Schemas.INT32)
  .field('topic', Schemas.STRING)
  .field('time_ms', Schemas.INT64)
  .field('seqno', Schemas.INT64)
  .build();

/**
 * Sends 0, 1, 2 ... to `topic`, `throughput` a second: key the task's number (INT32), value the sequence number (INT64),
 * with `complete.record.data` a struct of all that is printed. Source partition `{"id":0}`, offset `{"seqno":41}`; a
 * later run goes on with the next number. Each record is a line
 *
 *     {"task":0,"seqno":41,"time_ms":1700000000000,"name":"source","topic":"numbers"}
 *
 * when it is handed over, and the same with `"committed":true` in front once Kafka has it.
 */
export class VerifiableSourceTask implements SourceTask {
  static readonly className = 'org.apache.kafka.connect.tools.VerifiableSourceTask';
  #context: SourceTaskContext | undefined;
  #throttle: Throttle | undefined;
  #name: string | undefined;
  #topic: string | undefined;
  #id = 0;
  #first = 0;
  #seqno = 0;
  #complete = false;

  constructor(
    private readonly print: PrintLine = printLine,
    private readonly now: () => number = Date.now,
  ) {}

  version(): string {
    return CONNECT_VERSION;
  }

  initialize(context: SourceTaskContext): void {
    this.#context = context;
  }

  async start(props: Props): Promise<void> {
    const context = this.#context;
    if (context === undefined) throw new IllegalStateError('start was called before initialize');
    let throughput: number;
    try {
      this.#id = parseInteger(props['id']);
      throughput = parseLong(props['throughput']);
    } catch (cause) {
      throw new ConnectError('Invalid VerifiableSourceTask configuration', { cause });
    }
    this.#name = props['name'];
    this.#topic = props['topic'];
    this.#complete = parseBoolean(props['complete.record.data']);
    const stored = await context.offsetReader.offset({ id: this.#id });
    this.#first = stored === null ? 0 : storedNumber(stored, 'seqno') + 1;
    this.#seqno = this.#first;
    this.#throttle = new Throttle(throughput, context.signal, this.now);
    context.log.info(
      `Started VerifiableSourceTask ${this.#name}-${this.#id} producing to topic ${this.#topic} ` +
        `resuming from seqno ${this.#first}`,
    );
  }

  async poll(): Promise<readonly SourceRecord[] | null> {
    if (this.#throttle === undefined) throw new IllegalStateError('poll was called before start');
    if (!(await this.#throttle.admits(this.#seqno - this.#first))) return null;
    const time = this.now();
    const seqno = this.#seqno;
    await this.print(lineOf(() => this.#members(String(seqno), time)));
    if (this.#topic === undefined) throw new RangeError('Topic cannot be null.');
    this.#seqno++;
    const value = this.#complete ? this.#completeValue(this.#topic, seqno, time) : seqno;
    return [
      sourceRecord({
        sourcePartition: { id: this.#id },
        sourceOffset: { seqno },
        topic: this.#topic,
        keySchema: Schemas.INT32,
        key: this.#id,
        valueSchema: this.#complete ? COMPLETE_SCHEMA : Schemas.INT64,
        value,
      }),
    ];
  }

  async commitRecord(record: SourceRecord): Promise<void> {
    const time = this.now();
    const members = () => this.#members(jsonText(record.value, record.valueSchema), time);
    await this.print(lineOf(() => [['committed', 'true'], ...members()]));
  }

  stop(): void {}

  #members(seqno: string, time: number): Members {
    return [
      ['task', String(this.#id)],
      ['seqno', seqno],
      ['time_ms', String(time)],
      ['name', jsonText(this.#name, null)],
      ['topic', jsonText(this.#topic, null)],
    ];
  }

  #completeValue(topic: string, seqno: number, time: number): Struct {
    return new Struct(COMPLETE_SCHEMA)
      .put('name', this.#name ?? null)
      .put('task', this.#id)
      .put('topic', topic)
      .put('time_ms', time)
      .put('seqno', seqno);
  }
}
