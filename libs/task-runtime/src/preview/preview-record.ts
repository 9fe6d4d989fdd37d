import { headersOf, type Bytes, type SchemaAndValue, type SinkRecord, type SourceRecord } from '@tributary/connect-api';
import { SOURCE_TASK_CLASS } from '@tributary/error-policy';
import type { IncomingRecord, OutgoingRecord, WireHeader } from '@tributary/kafka-client';
import type { RecordConverters } from '../pipeline/record-converters.js';
import type { TransformStep } from '../pipeline/transform-chain.js';
import { connectHeaders, sinkRecord } from '../sink/sink-pipeline.js';
import { outgoing, wireHeaders } from '../source/source-pipeline.js';
import { objectText } from './json-text.js';
import { RecordSteps } from './record-steps.js';
import { shownBytes, shownData, shownHeaders, shownPlain, shownWireHeaders } from './shown-data.js';

/** A record from Kafka on its way to a sink task: key, value and header converters, then transformations. */
export function previewIncoming(
  incoming: IncomingRecord,
  { key, value, header }: RecordConverters,
  transforms: readonly TransformStep<SinkRecord>[],
): string {
  const { topic, partition, offset, headers } = incoming;
  const steps = new RecordSteps();
  let keyData: SchemaAndValue | undefined;
  let valueData: SchemaAndValue | undefined;
  let headerData: SinkRecord['headers'];
  const converted =
    steps.step('KEY_CONVERTER', key.className, () => {
      keyData = key.instance.toConnectData(topic, incoming.key);
      return shownData(keyData.schema, keyData.value);
    }) &&
    steps.step('VALUE_CONVERTER', value.className, () => {
      valueData = value.instance.toConnectData(topic, incoming.value);
      return shownData(valueData.schema, valueData.value);
    }) &&
    (headers === undefined ||
      steps.step('HEADER_CONVERTER', header.className, () => {
        headerData = connectHeaders(header.instance, topic, headers);
        return shownHeaders(headerData);
      }));
  if (converted && keyData !== undefined && valueData !== undefined) {
    steps.transform(transforms, sinkRecord(incoming, keyData, valueData, headerData));
  }
  return objectText({
    topic: JSON.stringify(topic),
    partition: String(partition),
    offset: String(offset),
    timestamp: incoming.timestampType === 'NoTimestampType' ? 'null' : String(incoming.timestamp),
    key: shownBytes(incoming.key),
    value: shownBytes(incoming.value),
    headers: shownWireHeaders(headers ?? []),
    ...steps.shown(),
  });
}

/** A record of a source task on its way to Kafka: transformations, then header, key and value converters. */
export function previewOutgoing(
  source: SourceRecord,
  { key, value, header }: RecordConverters,
  transforms: readonly TransformStep<SourceRecord>[],
): string {
  const steps = new RecordSteps();
  const record = steps.transform(transforms, source);
  if (record !== null) {
    const { topic } = record;
    let headers: readonly WireHeader[] | undefined;
    let keyBytes: Bytes = null;
    let valueBytes: Bytes = null;
    void (
      (record.headers === undefined ||
        steps.step('HEADER_CONVERTER', header.className, () => {
          headers = wireHeaders(header.instance, topic, record.headers ?? []);
          return shownWireHeaders(headers);
        })) &&
      steps.step('KEY_CONVERTER', key.className, () => {
        keyBytes = key.instance.fromConnectData(topic, record.keySchema, record.key);
        return shownBytes(keyBytes);
      }) &&
      steps.step('VALUE_CONVERTER', value.className, () => {
        valueBytes = value.instance.fromConnectData(topic, record.valueSchema, record.value);
        return shownBytes(valueBytes);
      }) &&
      steps.step('KAFKA_PRODUCE', SOURCE_TASK_CLASS, () =>
        shownOutgoing(outgoing(record, headers, keyBytes, valueBytes)),
      )
    );
  }
  const { topic, kafkaPartition, timestamp } = source;
  return objectText({
    topic: JSON.stringify(topic),
    partition: String(kafkaPartition),
    timestamp: String(timestamp),
    key: shownData(source.keySchema, source.key),
    value: shownData(source.valueSchema, source.value),
    headers: shownHeaders(headersOf(source)),
    ...steps.shown(),
  });
}

/** A record as it would go to Kafka, in the form in which a preview of a sink can be given it. */
function shownOutgoing({ topic, partition, timestamp, key, value, headers }: OutgoingRecord): string {
  return objectText({
    topic: shownPlain(topic),
    partition: shownPlain(partition),
    timestamp: shownPlain(timestamp),
    key: shownBytes(key),
    value: shownBytes(value),
    headers: shownWireHeaders(headers ?? []),
  });
}
