import { BadRequestError, sourceRecord, type SinkRecord, type SourceRecord } from '@tributary/connect-api';
import { connectorClientProperties, ConnectorConfig } from '@tributary/config-schemas';
import type { IncomingRecord } from '@tributary/kafka-client';
import type { HostSetting } from '../build/task-setting.js';
import { configuredConverters } from '../build/configured-converters.js';
import { configuredTransforms } from '../build/configured-transforms.js';
import { givenBytes, givenValue, sizeOf } from './given-data.js';
import { arrayText, objectText } from './json-text.js';
import { previewIncoming, previewOutgoing } from './preview-record.js';
import {
  MAX_PREVIEW_ANSWER,
  MAX_PREVIEW_BYTES,
  MAX_PREVIEW_RECORDS,
  type GivenRecord,
  type PreviewRequest,
} from './preview-request.js';
import { readSample, type SampledRecords } from './topic-sample.js';

/** What a preview works on: a configuration with the values of config providers put in. */
export interface PreviewSetting extends HostSetting {
  readonly connector: string;
  readonly connectorConfig: Readonly<Record<string, string>>;
}

/**
 * Leads records through the converters and transformations of a connector, one by one, and returns what became of each
 * in each step, as the JSON of the answer. No error policy is at work: each step is tried once. Throws a BadRequestError
 * for a configuration that no task could start with and for records that do not fit.
 */
export async function runPreview(
  setting: PreviewSetting,
  { records: wanted }: Pick<PreviewRequest, 'records'>,
  signal: AbortSignal,
): Promise<string> {
  const { connectorConfig, connector, plugins } = setting;
  checkBounds(wanted);
  const { kind, className } = asked(() =>
    plugins.connector(connectorConfig['connector.class'] ?? '', connectorConfig['connector.plugin.version']),
  );
  const config = asked(() => ConnectorConfig.parse(connectorConfig, kind));
  const shown =
    kind === 'sink' ? await sinkRecords(setting, config, wanted, signal) : sourceRecords(setting, config, wanted);
  const answer = objectText({
    name: JSON.stringify(connector),
    type: JSON.stringify(kind),
    class: JSON.stringify(className),
    ...shown,
  });
  if (answer.length <= MAX_PREVIEW_ANSWER) return answer;
  throw new BadRequestError(
    `The answer would have ${answer.length} characters, more than ${MAX_PREVIEW_ANSWER}: ask for fewer or smaller records`,
  );
}

type Shown = Readonly<Record<string, string | undefined>>;

async function sinkRecords(
  setting: PreviewSetting,
  config: ConnectorConfig,
  wanted: PreviewRequest['records'],
  signal: AbortSignal,
): Promise<Shown> {
  const converters = asked(() => configuredConverters(setting.plugins, setting.connectorConfig, setting.worker));
  const transforms = asked(() => configuredTransforms<SinkRecord>(setting.plugins, config));
  try {
    const { records, cut } = await incomingRecords(setting, config, wanted, signal);
    return {
      records: arrayText(records.map((record) => previewIncoming(record, converters, transforms.steps))),
      cut: cut ? 'true' : undefined,
    };
  } finally {
    transforms.close();
  }
}

function sourceRecords(setting: PreviewSetting, config: ConnectorConfig, wanted: PreviewRequest['records']): Shown {
  if (!isGiven(wanted)) {
    throw new BadRequestError(
      `Connector ${setting.connector} is a source, which reads no topic: give its records in 'records'`,
    );
  }
  const given = wanted.map(outgoingRecord);
  const converters = asked(() => configuredConverters(setting.plugins, setting.connectorConfig, setting.worker));
  const transforms = asked(() => configuredTransforms<SourceRecord>(setting.plugins, config));
  try {
    return { records: arrayText(given.map((record) => previewOutgoing(record, converters, transforms.steps))) };
  } finally {
    transforms.close();
  }
}

async function incomingRecords(
  { connector, connectorConfig, worker, clients }: PreviewSetting,
  { topics }: ConnectorConfig,
  wanted: PreviewRequest['records'],
  signal: AbortSignal,
): Promise<SampledRecords> {
  if (isGiven(wanted)) {
    return { records: wanted.map((record, index) => incomingRecord(record, index, topics)), cut: false };
  }
  const topic = wanted.topic ?? onlyTopic(topics, "'from.topic'");
  if (topics instanceof RegExp ? !topics.test(topic) : !topics.includes(topic)) {
    throw new BadRequestError(`Connector ${connector} does not read topic ${topic}: it reads ${textOf(topics)}`);
  }
  const owner = { workerConfig: worker, connectorConfig, connector };
  const [consumer, admin] = asked(() => [
    connectorClientProperties('consumer', owner),
    connectorClientProperties('admin', owner),
  ]);
  return readSample({ clients, consumer, admin }, topic, wanted, signal);
}

function incomingRecord(record: GivenRecord, index: number, topics: ConnectorConfig['topics']): IncomingRecord {
  const { timestamp, headers } = record;
  return {
    topic: record.topic ?? onlyTopic(topics, `'records[${index}].topic'`),
    partition: record.partition ?? 0,
    offset: record.offset ?? index,
    timestamp: timestamp ?? -1,
    timestampType: timestamp === undefined ? 'NoTimestampType' : 'CreateTime',
    key: givenBytes(record.key),
    value: givenBytes(record.value),
    headers: headers.length === 0 ? undefined : headers.map(({ key, value }) => ({ key, value: givenBytes(value) })),
  };
}

function outgoingRecord(record: GivenRecord, index: number): SourceRecord {
  const where = `records[${index}]`;
  if (record.topic === undefined)
    throw new BadRequestError(`'${where}.topic' is missing: a source's record names its topic`);
  if (record.offset !== undefined) throw new BadRequestError(`'${where}.offset': a source's record has no offset yet`);
  const key = givenValue(record.key, `'${where}.key'`);
  const value = givenValue(record.value, `'${where}.value'`);
  return sourceRecord({
    sourcePartition: {},
    sourceOffset: {},
    topic: record.topic,
    kafkaPartition: record.partition ?? null,
    keySchema: key.schema,
    key: key.value,
    valueSchema: value.schema,
    value: value.value,
    timestamp: record.timestamp ?? null,
    headers:
      record.headers.length === 0
        ? undefined
        : record.headers.map((header, at) => ({
            key: header.key,
            ...givenValue(header.value, `'${where}.headers[${at}].value'`),
          })),
  });
}

function onlyTopic(topics: ConnectorConfig['topics'], member: string): string {
  const [topic, ...others] = topics instanceof RegExp ? [] : topics;
  if (topic !== undefined && others.length === 0) return topic;
  throw new BadRequestError(`${member} is missing: the connector reads ${textOf(topics)}`);
}

function textOf(topics: ConnectorConfig['topics']): string {
  return topics instanceof RegExp ? `what matches its topics.regex` : topics.join(', ') || 'no topics';
}

function isGiven(wanted: PreviewRequest['records']): wanted is readonly GivenRecord[] {
  return Array.isArray(wanted);
}

function checkBounds(wanted: PreviewRequest['records']): void {
  const count = isGiven(wanted) ? wanted.length : wanted.count;
  if (count > MAX_PREVIEW_RECORDS) {
    throw new BadRequestError(`${count} records are more than a preview takes: at most ${MAX_PREVIEW_RECORDS}`);
  }
  const bytes = isGiven(wanted) ? sizeOf(wanted) : 0;
  if (bytes <= MAX_PREVIEW_BYTES) return;
  throw new BadRequestError(`The records have ${bytes} bytes: a preview takes at most ${MAX_PREVIEW_BYTES}`);
}

/** What is wrong with a configuration here is what the client asked for. */
function asked<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new BadRequestError(`The configuration cannot be previewed: ${reason}`, { cause });
  }
}
