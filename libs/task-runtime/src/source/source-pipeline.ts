import {
  ConnectError,
  type Bytes,
  type ConnectHeaders,
  type HeaderConverter,
  type SourceRecord,
} from '@tributary/connect-api';
import type { OutgoingRecord, WireHeader } from '@tributary/kafka-client';
import type { RecordConverters } from '../pipeline/record-converters.js';
import { attemptOrRecover, type RecordErrors, type RecordOperation } from '../pipeline/record-errors.js';
import type { TransformChain } from '../pipeline/transform-chain.js';
import type { SourceBatch } from './source-batch.js';

type Step = 'transform' | 'headers' | 'key' | 'value';

/** A record part way through. */
interface Work {
  record: SourceRecord | null;
  headers: readonly WireHeader[] | undefined;
  key: Bytes;
  value: Bytes;
}

/**
 * transforms -> header, key and value converters, as one plain loop over a batch. Only a record that throws leaves the
 * loop: it goes on from the step that failed, step by step under the error policy.
 */
export class SourcePipeline {
  private step: Step = 'transform';

  constructor(
    private readonly transforms: TransformChain<SourceRecord>,
    private readonly converters: RecordConverters,
    private readonly errors: RecordErrors,
  ) {}

  /** Moves the records from `start` to before `end` into `batch`. Rejects where the error policy does not tolerate. */
  async process(records: readonly SourceRecord[], start: number, end: number, batch: SourceBatch): Promise<void> {
    const thrown: { error?: unknown } = {};
    for (let index = start; index < end; index++) {
      index = this.run(records, index, end, batch, thrown);
      const failed = records[index];
      if (index < end && failed !== undefined) await this.recover(failed, thrown.error, batch);
    }
  }

  /** Returns the index of the record that failed, or `end`. */
  private run(
    records: readonly SourceRecord[],
    start: number,
    end: number,
    batch: SourceBatch,
    thrown: { error?: unknown },
  ): number {
    const transforming = this.transforms.steps.length > 0;
    let index = start;
    try {
      for (; index < end; index++) {
        const source = records[index];
        if (source === undefined) continue;
        let record: SourceRecord | null = source;
        if (transforming) {
          this.step = 'transform';
          record = this.transforms.apply(source);
          if (record === null) {
            batch.leaveOut(source);
            continue;
          }
        }
        this.step = 'headers';
        const headers = record.headers === undefined ? undefined : this.headers(record);
        this.step = 'key';
        const key = this.key(record);
        this.step = 'value';
        const value = this.value(record);
        batch.add(source, outgoing(record, headers, key, value));
      }
    } catch (error) {
      if (error instanceof InvalidTimestamp) throw error;
      thrown.error = error;
    }
    return index;
  }

  private async recover(source: SourceRecord, error: unknown, batch: SourceBatch): Promise<void> {
    const inTransform = this.step === 'transform';
    const work: Work = {
      record: inTransform ? (this.transforms.input ?? source) : this.transformed(source),
      headers: undefined,
      key: null,
      value: null,
    };
    const operations = this.operations(source, work);
    const failedAt = this.failedOperation();
    const first = inTransform ? failedAt : this.transforms.steps.length;
    for (let at = first; at < operations.length; at++) {
      const operation = operations[at];
      if (operation === undefined) break;
      const done = await (at === failedAt
        ? this.errors.recover(operation, error)
        : attemptOrRecover(this.errors, operation));
      if (!done || work.record === null) {
        batch.leaveOut(source);
        return;
      }
    }
    if (work.record !== null) batch.add(source, outgoing(work.record, work.headers, work.key, work.value));
  }

  /** What the transforms made of a record that failed after them. */
  private transformed(source: SourceRecord): SourceRecord {
    return this.transforms.steps.length === 0 ? source : (this.transforms.output ?? source);
  }

  private failedOperation(): number {
    if (this.step === 'transform') return this.transforms.at;
    return this.transforms.steps.length + ['headers', 'key', 'value'].indexOf(this.step);
  }

  private operations(subject: SourceRecord, work: Work): RecordOperation[] {
    const { key, value, header } = this.converters;
    const transforms = this.transforms.steps.map(({ className }, index): RecordOperation => ({
      stage: 'TRANSFORMATION',
      className,
      subject,
      attempt: () => void (work.record = work.record && this.transforms.applyStep(index, work.record)),
    }));
    const convert = (change: (record: SourceRecord) => void) => () => {
      if (work.record !== null) change(work.record);
    };
    return [
      ...transforms,
      {
        stage: 'HEADER_CONVERTER',
        className: header.className,
        subject,
        attempt: convert((record) => void (work.headers = this.headers(record))),
      },
      {
        stage: 'KEY_CONVERTER',
        className: key.className,
        subject,
        attempt: convert((record) => void (work.key = this.key(record))),
      },
      {
        stage: 'VALUE_CONVERTER',
        className: value.className,
        subject,
        attempt: convert((record) => void (work.value = this.value(record))),
      },
    ];
  }

  private key(record: SourceRecord): Bytes {
    return this.converters.key.instance.fromConnectData(record.topic, record.keySchema, record.key);
  }

  private value(record: SourceRecord): Bytes {
    return this.converters.value.instance.fromConnectData(record.topic, record.valueSchema, record.value);
  }

  private headers(record: SourceRecord): readonly WireHeader[] | undefined {
    return record.headers && wireHeaders(this.converters.header.instance, record.topic, record.headers);
  }
}

/** Headers as the converter writes them. */
export function wireHeaders(converter: HeaderConverter, topic: string, headers: ConnectHeaders): readonly WireHeader[] {
  return headers.map(({ key, schema, value }) => ({
    key,
    value: converter.fromConnectHeader(topic, key, schema, value),
  }));
}

/** Thrown for a record whose timestamp Kafka would refuse; no tolerance applies. */
class InvalidTimestamp extends ConnectError {
  override readonly referenceClass = 'org.apache.kafka.common.InvalidRecordException';
}

/** What goes to Kafka. Throws for a timestamp that Kafka would refuse. */
export function outgoing(
  record: SourceRecord,
  headers: readonly WireHeader[] | undefined,
  key: Bytes,
  value: Bytes,
): OutgoingRecord {
  // Plugins in plain JavaScript leave it out.
  let timestamp = record.timestamp ?? null;
  if (timestamp !== null && timestamp < 0) {
    if (timestamp !== -1) throw new InvalidTimestamp(`Invalid record timestamp ${timestamp}`);
    timestamp = null;
  }
  return { topic: record.topic, partition: record.kafkaPartition, key, value, headers, timestamp };
}
