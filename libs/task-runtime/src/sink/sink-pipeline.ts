import type { ConnectHeaders, HeaderConverter, SchemaAndValue, SinkRecord } from '@tributary/connect-api';
import type { IncomingRecord } from '@tributary/kafka-client';
import type { RecordConverters } from '../pipeline/record-converters.js';
import { ORIGINAL, withOriginal } from './original-record.js';
import { attemptOrRecover, type RecordErrors, type RecordOperation } from '../pipeline/record-errors.js';
import type { TransformChain } from '../pipeline/transform-chain.js';

type Step = 'key' | 'value' | 'headers' | 'transform';
const STEPS: readonly Step[] = ['key', 'value', 'headers'];

/** A record part way through. */
interface Work {
  key: SchemaAndValue | undefined;
  value: SchemaAndValue | undefined;
  headers: ConnectHeaders | undefined;
  /** null: a transformation dropped it */
  record: SinkRecord | null | undefined;
}

/**
 * key, value and header converters -> transforms, as one plain loop over a batch. Only a record that throws leaves the
 * loop: it goes on from the step that failed, step by step under the error policy.
 */
export class SinkPipeline {
  private step: Step = 'key';
  private converted: SinkRecord | undefined;

  constructor(
    private readonly transforms: TransformChain<SinkRecord>,
    private readonly converters: RecordConverters,
    private readonly errors: RecordErrors,
    /** whether somebody may ask which records the sink records were made from */
    private readonly keepsOriginals: boolean,
  ) {}

  /** Adds what the records become to `out`. Rejects where the error policy does not tolerate. */
  async process(records: readonly IncomingRecord[], out: SinkRecord[]): Promise<void> {
    const thrown: { error?: unknown } = {};
    for (let index = 0; index < records.length; index++) {
      index = this.run(records, index, out, thrown);
      const failed = records[index];
      if (failed !== undefined) await this.recover(failed, thrown.error, out);
    }
  }

  /** Returns the index of the record that failed, or the number of records. */
  private run(
    records: readonly IncomingRecord[],
    start: number,
    out: SinkRecord[],
    thrown: { error?: unknown },
  ): number {
    const transforming = this.transforms.steps.length > 0;
    const { keepsOriginals } = this;
    let index = start;
    try {
      for (; index < records.length; index++) {
        const incoming = records[index];
        if (incoming === undefined) continue;
        this.step = 'key';
        const key = this.key(incoming);
        this.step = 'value';
        const value = this.value(incoming);
        this.step = 'headers';
        const headers = incoming.headers === undefined ? undefined : this.headers(incoming);
        let record: SinkRecord | null = sinkRecord(incoming, key, value, headers, keepsOriginals);
        if (transforming) {
          this.step = 'transform';
          this.converted = record;
          record = this.transforms.apply(record);
          if (record === null) continue;
        }
        out.push(keepsOriginals ? withOriginal(record, incoming) : record);
      }
    } catch (error) {
      thrown.error = error;
    }
    return index;
  }

  private async recover(incoming: IncomingRecord, error: unknown, out: SinkRecord[]): Promise<void> {
    const inTransform = this.step === 'transform';
    const record = inTransform ? (this.transforms.input ?? this.converted) : undefined;
    const work: Work = { key: undefined, value: undefined, headers: undefined, record };
    const operations = this.operations(incoming, work);
    const failedAt = inTransform ? STEPS.length + this.transforms.at : STEPS.indexOf(this.step);
    for (let at = inTransform ? failedAt : 0; at < operations.length; at++) {
      const operation = operations[at];
      if (operation === undefined) break;
      const done = await (at === failedAt
        ? this.errors.recover(operation, error)
        : attemptOrRecover(this.errors, operation));
      if (!done || work.record === null) return;
    }
    const result = this.recordOf(incoming, work);
    if (result === null) return;
    out.push(this.keepsOriginals ? withOriginal(result, incoming) : result);
  }

  private recordOf(incoming: IncomingRecord, work: Work): SinkRecord | null {
    if (work.record !== undefined || work.key === undefined || work.value === undefined) return work.record ?? null;
    return sinkRecord(incoming, work.key, work.value, work.headers, this.keepsOriginals);
  }

  private operations(subject: IncomingRecord, work: Work): RecordOperation[] {
    const { key, value, header } = this.converters;
    const transform = (index: number): void => {
      const record = this.recordOf(subject, work);
      work.record = record === null ? null : this.transforms.applyStep(index, record);
    };
    return [
      {
        stage: 'KEY_CONVERTER',
        className: key.className,
        subject,
        attempt: () => void (work.key = this.key(subject)),
      },
      {
        stage: 'VALUE_CONVERTER',
        className: value.className,
        subject,
        attempt: () => void (work.value = this.value(subject)),
      },
      {
        stage: 'HEADER_CONVERTER',
        className: header.className,
        subject,
        attempt: () => void (work.headers = this.headers(subject)),
      },
      ...this.transforms.steps.map(({ className }, index): RecordOperation => ({
        stage: 'TRANSFORMATION',
        className,
        subject,
        attempt: () => transform(index),
      })),
    ];
  }

  private key(record: IncomingRecord): SchemaAndValue {
    return this.converters.key.instance.toConnectData(record.topic, record.key);
  }

  private value(record: IncomingRecord): SchemaAndValue {
    return this.converters.value.instance.toConnectData(record.topic, record.value);
  }

  private headers(record: IncomingRecord): ConnectHeaders | undefined {
    return record.headers && connectHeaders(this.converters.header.instance, record.topic, record.headers);
  }
}

/** Headers as the converter reads them. */
export function connectHeaders(
  converter: HeaderConverter,
  topic: string,
  headers: NonNullable<IncomingRecord['headers']>,
): ConnectHeaders {
  return headers.map(({ key, value }) => {
    const connect = converter.toConnectHeader(topic, key, value);
    return { key, schema: connect.schema, value: connect.value };
  });
}

/** What a converted record is for transformations and the task. */
export function sinkRecord(
  incoming: IncomingRecord,
  key: SchemaAndValue,
  value: SchemaAndValue,
  headers: ConnectHeaders | undefined,
  keepsOriginal = false,
): SinkRecord {
  const record = {
    topic: incoming.topic,
    kafkaPartition: incoming.partition,
    keySchema: key.schema,
    key: key.value,
    valueSchema: value.schema,
    value: value.value,
    timestamp: incoming.timestampType === 'NoTimestampType' ? null : incoming.timestamp,
    headers,
    kafkaOffset: incoming.offset,
    timestampType: incoming.timestampType,
    originalTopic: incoming.topic,
    originalKafkaPartition: incoming.partition,
    originalKafkaOffset: incoming.offset,
    [ORIGINAL]: keepsOriginal ? incoming : undefined,
  };
  return record;
}
