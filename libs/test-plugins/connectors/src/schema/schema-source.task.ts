import {
  CONNECT_VERSION,
  ConnectError,
  IllegalStateError,
  Schemas,
  sourceRecord,
  type Props,
  type SourceRecord,
  type SourceTask,
  type SourceTaskContext,
} from '@tributary/connect-api';
import { JavaError } from '../common/java-error.js';
import { parseBoolean, parseInteger, parseLong, storedNumber } from '../common/numbers.js';
import { printLine, type PrintLine } from '../common/print-line.js';
import { Throttle } from '../common/throttle.js';
import { structOf } from './record-schemas.js';

/**
 * Sends `num.messages` structs to the partition of `topic` that has the task's number, `throughput` a second, then none
 * until it is started again. Key `key`; field `partitioning` goes round 0 .. `partition.count` - 1 (1); with
 * `multiple.schema` every second struct is of schema version 2. Source partition `{"id":0}`, offset `{"seqno":41}`.
 * Each record is a line `{"task": 0, "seqno": 41}` on standard output.
 */
export class SchemaSourceTask implements SourceTask {
  static readonly className = 'org.apache.kafka.connect.tools.SchemaSourceTask';
  #context: SourceTaskContext | undefined;
  #throttle: Throttle | undefined;
  #topic: string | undefined;
  #id = 0;
  #seqno = 0;
  #count = 0;
  #limit = 0;
  #partitions = 1;
  #twoSchemas = false;

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
      this.#limit = parseLong(props['num.messages']);
      this.#partitions = parseInteger(props['partition.count'] ?? '1');
      throughput = parseLong(props['throughput']);
    } catch (cause) {
      throw new ConnectError('Invalid SchemaSourceTask configuration', { cause });
    }
    this.#topic = props['topic'];
    this.#twoSchemas = parseBoolean(props['multiple.schema']);
    const stored = await context.offsetReader.offset({ id: this.#id });
    this.#seqno = stored === null ? 0 : storedNumber(stored, 'seqno') + 1;
    this.#throttle = new Throttle(throughput, context.signal, this.now);
    context.log.info(
      `Started SchemaSourceTask ${props['name']}-${this.#id} producing to topic ${this.#topic} ` +
        `resuming from seqno ${this.#seqno}`,
    );
  }

  async poll(): Promise<readonly SourceRecord[] | null> {
    const throttle = this.#throttle;
    if (throttle === undefined) throw new IllegalStateError('poll was called before start');
    const goesOn = this.#count < this.#limit ? await throttle.admits(this.#count) : await throttle.idle();
    if (!goesOn) return null;
    if (this.#partitions === 0) throw new JavaError('java.lang.ArithmeticException', '/ by zero');
    const seqno = this.#seqno;
    const partitioning = seqno % this.#partitions;
    const version = this.#twoSchemas && this.#count % 2 === 1 ? 2 : 1;
    const value = structOf(version, { partitioning, id: this.#id, seqno });
    await this.print(`{"task": ${this.#id}, "seqno": ${seqno}}`);
    if (this.#topic === undefined) throw new RangeError('Topic cannot be null.');
    this.#seqno++;
    this.#count++;
    return [
      sourceRecord({
        sourcePartition: { id: this.#id },
        sourceOffset: { seqno },
        topic: this.#topic,
        kafkaPartition: this.#id,
        keySchema: Schemas.STRING,
        key: 'key',
        valueSchema: value.schema,
        value,
      }),
    ];
  }

  stop(): void {}
}
