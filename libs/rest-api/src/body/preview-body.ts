import { RestError } from '../errors/rest-error.js';
import { members, optionalInteger, optionalList, optionalText } from './members.js';
import { configFrom, isObject, NumberText, typeName, type JsonNode } from './parse-json.js';

/** A key, a value or a header's value; `text` is exactly what was sent, JSON text for `json` and `envelope`. */
export type RequestedData = {
  readonly form: 'text' | 'base64' | 'json' | 'envelope';
  readonly text: string;
} | null;

export interface RequestedRecord {
  readonly topic: string | undefined;
  readonly partition: number | undefined;
  readonly offset: number | undefined;
  readonly timestamp: number | undefined;
  readonly key: RequestedData;
  readonly value: RequestedData;
  readonly headers: readonly { readonly key: string; readonly value: RequestedData }[];
}

export interface RequestedSample {
  readonly topic: string | undefined;
  readonly partition: number | undefined;
  readonly offset: number | undefined;
  readonly count: number;
}

export interface RequestedPreview {
  readonly config: Record<string, string> | undefined;
  readonly records: readonly RequestedRecord[] | RequestedSample;
}

/** How many records a preview takes from a topic where the body does not say. */
const DEFAULT_COUNT = 10;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const FORMS = '{"text":...}, {"json":...}, {"base64":...}, {"schema":...,"payload":...} or null';

/**
 * Reads the body of `POST /connectors/C/preview`: `{"config":{...},"records":[{"key":{"text":"k"},"value":{"json":{"a":1}}}]}`,
 * or `{"from":{"topic":"t","partition":0,"offset":42,"count":10}}` for records of a topic; 400 with what is wrong.
 */
export function previewFrom(node: JsonNode): RequestedPreview {
  const { config, records, from } = members(node, 'the request body', ['config', 'records', 'from']);
  const given = optionalList(records, 'records');
  if ((given === undefined) === (from === undefined || from === null)) {
    throw new RestError(400, "Either 'records' or 'from' must be given: records to show, or where a topic has them");
  }
  if (given?.length === 0) throw new RestError(400, "'records' must have at least one record");
  return {
    config: config === undefined || config === null ? undefined : withoutNulls(configFrom(config, "'config'")),
    records: given === undefined ? sampleFrom(from ?? null) : given.map(recordFrom),
  };
}

function withoutNulls(config: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(Object.entries(config).flatMap(([key, value]) => (value === null ? [] : [[key, value]])));
}

function sampleFrom(node: JsonNode): RequestedSample {
  const { topic, partition, offset, count } = members(node, 'from', ['topic', 'partition', 'offset', 'count']);
  const sample = {
    topic: optionalText(topic, 'from.topic'),
    partition: optionalInteger(partition, 'from.partition'),
    offset: optionalInteger(offset, 'from.offset'),
    count: optionalInteger(count, 'from.count', 1) ?? DEFAULT_COUNT,
  };
  if (sample.offset === undefined || sample.partition !== undefined) return sample;
  throw new RestError(400, "'from.offset' needs 'from.partition': an offset is one of a partition");
}

const RECORD = ['topic', 'partition', 'offset', 'timestamp', 'key', 'value', 'headers'];

function recordFrom(node: JsonNode, index: number): RequestedRecord {
  const where = `records[${index}]`;
  const { topic, partition, offset, timestamp, key, value, headers } = members(node, where, RECORD);
  return {
    topic: optionalText(topic, `${where}.topic`),
    partition: optionalInteger(partition, `${where}.partition`),
    offset: optionalInteger(offset, `${where}.offset`),
    timestamp: optionalInteger(timestamp, `${where}.timestamp`),
    key: dataFrom(key, `${where}.key`),
    value: dataFrom(value, `${where}.value`),
    headers: (optionalList(headers, `${where}.headers`) ?? []).map((header, at) =>
      headerFrom(header, `${where}.headers[${at}]`),
    ),
  };
}

function headerFrom(node: JsonNode, where: string): RequestedRecord['headers'][number] {
  const { key, value } = members(node, where, ['key', 'value']);
  const name = optionalText(key, `${where}.key`);
  if (name === undefined) throw new RestError(400, `'${where}.key' must be a string, but is missing`);
  return { key: name, value: dataFrom(value, `${where}.value`) };
}

function dataFrom(node: JsonNode | undefined, where: string): RequestedData {
  if (node === undefined || node === null) return null;
  const refuse = (what: string) => new RestError(400, `'${where}' must be ${FORMS}, but ${what}`);
  if (!isObject(node)) throw refuse(`is ${typeName(node)}`);
  const names = Object.keys(node).toSorted().join(', ');
  if (names === 'payload, schema') return { form: 'envelope', text: textOf(node) };
  if (names === 'json') return { form: 'json', text: textOf(node['json'] ?? null) };
  if (names !== 'text' && names !== 'base64') throw refuse(names === '' ? 'is empty' : `has ${names}`);
  const text = node[names];
  if (typeof text !== 'string')
    throw new RestError(400, `'${where}.${names}' must be a string, but is ${typeName(text ?? null)}`);
  if (names === 'base64' && !BASE64.test(text)) throw new RestError(400, `'${where}.base64' is not base64`);
  return { form: names, text };
}

/** The JSON again, with each number as it was sent. */
function textOf(node: JsonNode): string {
  if (node instanceof NumberText) return node.text;
  if (Array.isArray(node)) return `[${node.map(textOf).join(',')}]`;
  if (!isObject(node)) return JSON.stringify(node);
  return `{${Object.entries(node)
    .map(([key, value]) => `${JSON.stringify(key)}:${textOf(value)}`)
    .join(',')}}`;
}
