import type { ConnectorConfig, RestartRequest, SessionKey, TargetState, TaskConfig, TaskId } from '../api.js';
import { isJsonObject, parseJsonText, toJsonText, type JsonObject, type JsonValue } from '../json/json-text.js';
import type { KeyAndValue } from '../key-and-value.js';
import { malformed, unknown, type SkippedRecord } from '../skipped-record.js';

/**
 * The records of the config topic, keys in UTF-8 and values in JSON, members in this order:
 *
 * | key | value |
 * | --- | --- |
 * | `session-key` | `{"key":"<base64>","algorithm":"HmacSHA256","creation-timestamp":<ms>}` |
 * | `connector-C` | `{"properties":{"k":"v"}}`; null: deleted |
 * | `task-C-N` | `{"properties":{"k":"v"}}` |
 * | `commit-C` | `{"tasks":N}` |
 * | `target-state-C` | `{"state":"PAUSED","state.v2":"STOPPED"}`; null: deleted. `state` is for readers that know no STOPPED |
 * | `restart-connector-C` | `{"include-tasks":true,"only-failed":false}` |
 * | `tasks-fencing-C` | `{"task-count":N}` |
 * | `logger-cluster-NS` | `{"level":"DEBUG"}` |
 */
export type ConfigRecord =
  | { readonly kind: 'session-key'; readonly key: SessionKey }
  | { readonly kind: 'connector'; readonly connector: string; readonly config: ConnectorConfig | null }
  | { readonly kind: 'task'; readonly id: TaskId; readonly config: TaskConfig }
  | { readonly kind: 'commit'; readonly connector: string; readonly tasks: number }
  | { readonly kind: 'target-state'; readonly connector: string; readonly state: TargetState | null }
  | { readonly kind: 'restart'; readonly request: RestartRequest }
  | { readonly kind: 'task-count'; readonly connector: string; readonly taskCount: number }
  | { readonly kind: 'logger-level'; readonly namespace: string; readonly level: string };

const SESSION_KEY = 'session-key';
const CONNECTOR = 'connector-';
const TASK = 'task-';
const COMMIT = 'commit-';
const TARGET_STATE = 'target-state-';
const RESTART = 'restart-connector-';
const FENCING = 'tasks-fencing-';
const LOGGER = 'logger-cluster-';

const entry = (key: string, value: JsonObject | null): KeyAndValue => ({
  key,
  value: value === null ? null : toJsonText(value),
});

export function encodeConfigRecord(record: ConfigRecord): KeyAndValue {
  switch (record.kind) {
    case 'session-key': {
      const { key, algorithm, createdAt } = record.key;
      return entry(SESSION_KEY, { key: key.toString('base64'), algorithm, 'creation-timestamp': createdAt });
    }
    case 'connector':
      return entry(CONNECTOR + record.connector, record.config && { properties: record.config });
    case 'task':
      return entry(`${TASK}${record.id.connector}-${record.id.task}`, { properties: record.config });
    case 'commit':
      return entry(COMMIT + record.connector, { tasks: record.tasks });
    case 'target-state': {
      const { connector, state } = record;
      if (state === null) return entry(TARGET_STATE + connector, null);
      return entry(TARGET_STATE + connector, { state: state === 'STOPPED' ? 'PAUSED' : state, 'state.v2': state });
    }
    case 'restart': {
      const { connector, includeTasks, onlyFailed } = record.request;
      return entry(RESTART + connector, { 'include-tasks': includeTasks, 'only-failed': onlyFailed });
    }
    case 'task-count':
      return entry(FENCING + record.connector, { 'task-count': record.taskCount });
    case 'logger-level':
      return entry(LOGGER + record.namespace, { level: record.level });
  }
}

/** Never throws. */
export function decodeConfigRecord(key: string | null, value: string | null): ConfigRecord | SkippedRecord {
  if (key === null) return malformed('its key is null');
  try {
    const json = value === null ? null : parseJsonText(value);
    return decodeKnown(key, json) ?? unknown();
  } catch (error) {
    return malformed(error);
  }
}

/** Longer prefixes first: `task-` begins no other one, but the order keeps that from mattering. */
function decodeKnown(key: string, json: JsonValue): ConfigRecord | undefined {
  if (key === SESSION_KEY) return { kind: 'session-key', key: sessionKey(object(json)) };
  if (key.startsWith(TARGET_STATE)) return targetState(key.slice(TARGET_STATE.length), json);
  if (key.startsWith(RESTART)) return restart(key.slice(RESTART.length), object(json));
  if (key.startsWith(FENCING))
    return { kind: 'task-count', connector: key.slice(FENCING.length), taskCount: count(object(json), 'task-count') };
  if (key.startsWith(LOGGER))
    return { kind: 'logger-level', namespace: key.slice(LOGGER.length), level: text(object(json), 'level') };
  if (key.startsWith(CONNECTOR))
    return {
      kind: 'connector',
      connector: key.slice(CONNECTOR.length),
      config: json === null ? null : properties(json),
    };
  if (key.startsWith(TASK)) return { kind: 'task', id: taskId(key.slice(TASK.length)), config: properties(json) };
  if (key.startsWith(COMMIT))
    return { kind: 'commit', connector: key.slice(COMMIT.length), tasks: count(object(json), 'tasks') };
  return undefined;
}

function object(json: JsonValue): JsonObject {
  if (!isJsonObject(json)) throw new Error('its value is not a JSON object');
  return json;
}

function text(json: JsonObject, member: string): string {
  const value = json[member];
  if (typeof value !== 'string') throw new Error(`its member ${member} is not a string`);
  return value;
}

function count(json: JsonObject, member: string): number {
  const value = json[member];
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
    throw new Error(`its member ${member} is not a whole number`);
  return value;
}

function properties(json: JsonValue): ConnectorConfig {
  const map = object(json)['properties'];
  if (!isJsonObject(map)) throw new Error('its member properties is not an object');
  return Object.fromEntries(
    Object.entries(map)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => {
        if (typeof value !== 'string') throw new Error(`its property ${name} is not a string`);
        return [name, value];
      }),
  );
}

/** Connector names may hold `-` and digits: the last `-` parts name and number. */
function taskId(name: string): TaskId {
  const at = name.lastIndexOf('-');
  const digits = name.slice(at + 1);
  if (at < 0 || !/^\d{1,9}$/.test(digits)) throw new Error('its key does not end in a task number');
  return { connector: name.slice(0, at), task: Number(digits) };
}

const STATES: Readonly<Record<string, TargetState>> = { STARTED: 'STARTED', PAUSED: 'PAUSED', STOPPED: 'STOPPED' };

function targetState(connector: string, json: JsonValue): ConfigRecord {
  if (json === null) return { kind: 'target-state', connector, state: null };
  const { state, 'state.v2': state2 } = object(json);
  const known = stateOf(state2) ?? stateOf(state);
  if (known === undefined) throw new Error('neither of its members state.v2 and state is a known target state');
  return { kind: 'target-state', connector, state: known };
}

const stateOf = (value: JsonValue | undefined): TargetState | undefined =>
  typeof value === 'string' && Object.hasOwn(STATES, value) ? STATES[value] : undefined;

function restart(connector: string, json: JsonObject): ConfigRecord {
  const flag = (member: string) => {
    const value = json[member];
    if (value !== undefined && typeof value !== 'boolean') throw new Error(`its member ${member} is not a boolean`);
    return value ?? false;
  };
  return {
    kind: 'restart',
    request: { connector, includeTasks: flag('include-tasks'), onlyFailed: flag('only-failed') },
  };
}

function sessionKey(json: JsonObject): SessionKey {
  const base64 = text(json, 'key');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) throw new Error('its member key is not base64');
  return {
    key: Buffer.from(base64, 'base64'),
    algorithm: text(json, 'algorithm'),
    createdAt: count(json, 'creation-timestamp'),
  };
}
