import type { ConnectorState, Status, TaskId } from '../api.js';
import { isJsonObject, parseJsonText, toJsonText, type JsonObject } from '../json/json-text.js';
import type { KeyAndValue } from '../key-and-value.js';
import { malformed, unknown, type SkippedRecord } from '../skipped-record.js';

/**
 * The records of the status topic, members in this order; a null value removes:
 *
 * | key | value |
 * | --- | --- |
 * | `status-connector-C` | `{"state":"RUNNING","trace":null,"worker_id":"host:port","generation":4,"version":"1.0"}` |
 * | `status-task-C-N` | the same |
 * | `status-topic-<topic>:connector-C` | `{"topic":{"name":T,"connector":C,"task":N,"discoverTimestamp":<ms>}}` |
 *
 * A topic's name holds no colon, so its key parts at the first one.
 */
export type StatusRecord =
  | { readonly kind: 'connector'; readonly connector: string; readonly status: Status | null }
  | { readonly kind: 'task'; readonly id: TaskId; readonly status: Status | null }
  | { readonly kind: 'topic'; readonly connector: string; readonly topic: string; readonly use: TopicUse | null };

/** Which task used a topic, and when that was first seen, in milliseconds since the epoch. */
export interface TopicUse {
  readonly task: number;
  readonly discoveredAt: number;
}

const CONNECTOR = 'status-connector-';
const TASK = 'status-task-';
const TOPIC = 'status-topic-';
const TOPIC_CONNECTOR = ':connector-';

const STATES: ReadonlySet<string> = new Set<ConnectorState>([
  'UNASSIGNED',
  'RUNNING',
  'PAUSED',
  'FAILED',
  'RESTARTING',
  'STOPPED',
]);

export function encodeStatusRecord(record: StatusRecord): KeyAndValue {
  switch (record.kind) {
    case 'connector':
      return { key: CONNECTOR + record.connector, value: record.status && statusText(record.status) };
    case 'task':
      return {
        key: `${TASK}${record.id.connector}-${record.id.task}`,
        value: record.status && statusText(record.status),
      };
    case 'topic': {
      const { topic, connector, use } = record;
      const members = use && { name: topic, connector, task: use.task, discoverTimestamp: use.discoveredAt };
      return {
        key: `${TOPIC}${topic}${TOPIC_CONNECTOR}${connector}`,
        value: members && toJsonText({ topic: members }),
      };
    }
  }
}

function statusText({ state, trace, workerId, generation, version }: Status): string {
  return toJsonText({ state, trace, worker_id: workerId, generation, version });
}

/** Never throws. */
export function decodeStatusRecord(key: string | null, value: string | null): StatusRecord | SkippedRecord {
  if (key === null) return malformed('its key is null');
  try {
    const json = value === null ? null : object(parseJsonText(value));
    if (key.startsWith(TOPIC)) return topicUse(key.slice(TOPIC.length), json);
    if (key.startsWith(TASK)) return { kind: 'task', id: taskId(key.slice(TASK.length)), status: json && status(json) };
    if (key.startsWith(CONNECTOR) && key.length > CONNECTOR.length)
      return { kind: 'connector', connector: key.slice(CONNECTOR.length), status: json && status(json) };
    return unknown();
  } catch (error) {
    return malformed(error);
  }
}

function object(json: ReturnType<typeof parseJsonText>): JsonObject {
  if (!isJsonObject(json)) throw new Error('its value is not a JSON object');
  return json;
}

function status(json: JsonObject): Status {
  const { state, trace, worker_id: workerId, generation, version } = json;
  if (typeof state !== 'string' || !STATES.has(state)) throw new Error('its member state is no known state');
  if (typeof workerId !== 'string') throw new Error('its member worker_id is not a string');
  if (typeof generation !== 'number') throw new Error('its member generation is not a number');
  return {
    state: state as ConnectorState,
    trace: typeof trace === 'string' ? trace : null,
    workerId,
    generation,
    version: typeof version === 'string' ? version : null,
  };
}

function taskId(name: string): TaskId {
  const at = name.lastIndexOf('-');
  const digits = name.slice(at + 1);
  if (at < 1 || !/^\d{1,9}$/.test(digits)) throw new Error('its key does not name a connector and a task number');
  return { connector: name.slice(0, at), task: Number(digits) };
}

function topicUse(name: string, json: JsonObject | null): StatusRecord {
  const at = name.indexOf(':');
  const connector = name.slice(at + TOPIC_CONNECTOR.length);
  if (at < 1 || !name.startsWith(TOPIC_CONNECTOR, at) || connector === '')
    throw new Error('its key does not name a topic and a connector');
  const topic = name.slice(0, at);
  if (json === null) return { kind: 'topic', connector, topic, use: null };
  const { task, discoverTimestamp } = isJsonObject(json['topic']) ? json['topic'] : {};
  if (typeof task !== 'number' || typeof discoverTimestamp !== 'number')
    throw new Error('its member topic lacks task or discoverTimestamp');
  return { kind: 'topic', connector, topic, use: { task, discoveredAt: discoverTimestamp } };
}
