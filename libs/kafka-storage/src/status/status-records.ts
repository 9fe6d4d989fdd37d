import type { AutoRestart, AutoRestartTarget, ConnectorState, Stall, StallPlace, Status, TaskId } from '../api.js';
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
 * Ours, and written only where it is switched on: a task's status may end in `,"stalled":{"since":<ms>,"in":"put"}`, and
 *
 * | key | value |
 * | --- | --- |
 * | `auto-restart-connector-C` | `{"attempts":2,"next_at":<ms> or null,"given_up":"fatal", "attempts" or null}` |
 * | `auto-restart-task-C-N` | the same |
 *
 * The reference does not look at members that it does not know, and skips keys that it does not know with a warning.
 * A topic's name holds no colon, so its key parts at the first one.
 */
export type StatusRecord =
  | { readonly kind: 'connector'; readonly connector: string; readonly status: Status | null }
  | { readonly kind: 'task'; readonly id: TaskId; readonly status: Status | null }
  | { readonly kind: 'topic'; readonly connector: string; readonly topic: string; readonly use: TopicUse | null }
  | { readonly kind: 'auto-restart'; readonly target: AutoRestartTarget; readonly restart: AutoRestart | null };

/** Which task used a topic, and when that was first seen, in milliseconds since the epoch. */
export interface TopicUse {
  readonly task: number;
  readonly discoveredAt: number;
}

const CONNECTOR = 'status-connector-';
const TASK = 'status-task-';
const TOPIC = 'status-topic-';
const TOPIC_CONNECTOR = ':connector-';
const RESTART_OF_CONNECTOR = 'auto-restart-connector-';
const RESTART_OF_TASK = 'auto-restart-task-';

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
    case 'auto-restart':
      return { key: autoRestartKey(record.target), value: record.restart && autoRestartText(record.restart) };
  }
}

function statusText({ state, trace, workerId, generation, version, stalled }: Status): string {
  const members = { state, trace, worker_id: workerId, generation, version };
  return toJsonText(
    stalled === undefined ? members : { ...members, stalled: { since: stalled.since, in: stalled.in } },
  );
}

function autoRestartKey({ connector, task }: AutoRestartTarget): string {
  return task === undefined ? RESTART_OF_CONNECTOR + connector : `${RESTART_OF_TASK}${connector}-${task}`;
}

function autoRestartText({ attempts, nextAt, givenUp }: AutoRestart): string {
  return toJsonText({ attempts, next_at: nextAt, given_up: givenUp });
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
    const target = autoRestartTarget(key);
    if (target !== undefined) return { kind: 'auto-restart', target, restart: json && autoRestart(json) };
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
  const { state, trace, worker_id: workerId, generation, version, stalled } = json;
  if (typeof state !== 'string' || !STATES.has(state)) throw new Error('its member state is no known state');
  if (typeof workerId !== 'string') throw new Error('its member worker_id is not a string');
  if (typeof generation !== 'number') throw new Error('its member generation is not a number');
  return {
    state: state as ConnectorState,
    trace: typeof trace === 'string' ? trace : null,
    workerId,
    generation,
    version: typeof version === 'string' ? version : null,
    ...(isJsonObject(stalled) && { stalled: stall(stalled) }),
  };
}

/** A later version may know of more places. */
function stall({ since, in: place }: JsonObject): Stall {
  if (typeof since !== 'number' || typeof place !== 'string') throw new Error('its member stalled lacks since or in');
  return { since, in: place as StallPlace };
}

function autoRestartTarget(key: string): AutoRestartTarget | undefined {
  if (key.startsWith(RESTART_OF_TASK)) return taskId(key.slice(RESTART_OF_TASK.length));
  if (key.startsWith(RESTART_OF_CONNECTOR)) return { connector: key.slice(RESTART_OF_CONNECTOR.length) };
  return undefined;
}

function autoRestart({ attempts, next_at: nextAt, given_up: givenUp }: JsonObject): AutoRestart {
  if (typeof attempts !== 'number') throw new Error('its member attempts is not a number');
  return {
    attempts,
    nextAt: typeof nextAt === 'number' ? nextAt : null,
    givenUp: givenUp === 'fatal' || givenUp === 'attempts' ? givenUp : null,
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
