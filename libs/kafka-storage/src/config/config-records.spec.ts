import { describe, expect, it } from 'vitest';
import { referenceRecords } from '../../test/reference-records.js';
import { isSkipped } from '../skipped-record.js';
import { decodeConfigRecord, encodeConfigRecord } from './config-records.js';

describe('config records', () => {
  it.each(referenceRecords('config'))('reads $key of the reference and writes the same bytes', ({ key, value }) => {
    const record = decodeConfigRecord(key, value);
    if (isSkipped(record)) throw new Error(record.reason);
    expect(encodeConfigRecord(record)).toEqual({ key, value });
  });

  it('parts task keys at the last hyphen', () => {
    expect(decodeConfigRecord('task-my-2-connector-10', '{"properties":{"a":"b"}}')).toEqual({
      kind: 'task',
      id: { connector: 'my-2-connector', task: 10 },
      config: { a: 'b' },
    });
  });

  it.each([
    ['{"state":"PAUSED","state.v2":"STOPPED"}', 'STOPPED'],
    ['{"state":"PAUSED"}', 'PAUSED'],
    ['{"state":"STARTED","state.v2":"HIBERNATING"}', 'STARTED'],
    ['{"state":"STARTED","state.v2":7}', 'STARTED'],
  ])('reads the target state %s as %s', (value, state) => {
    expect(decodeConfigRecord('target-state-a', value)).toEqual({ kind: 'target-state', connector: 'a', state });
  });

  it.each([
    [null, '{}', 'its key is null'],
    ['connector-a', '"text"', 'its value is not a JSON object'],
    ['connector-a', '{"properties":[]}', 'its member properties is not an object'],
    ['connector-a', '{"properties":{"a":1}}', 'its property a is not a string'],
    ['task-a', '{"properties":{}}', 'its key does not end in a task number'],
    ['task-a-x', '{"properties":{}}', 'its key does not end in a task number'],
    ['task-a-0', null, 'its value is not a JSON object'],
    ['commit-a', '{"tasks":"1"}', 'its member tasks is not a whole number'],
    ['commit-a', null, 'its value is not a JSON object'],
    ['target-state-a', '{"state":"GONE"}', 'neither of its members state.v2 and state is a known target state'],
    ['target-state-a', '{"state":"toString"}', 'neither of its members state.v2 and state is a known target state'],
    ['restart-connector-a', '{"include-tasks":"yes"}', 'its member include-tasks is not a boolean'],
    ['session-key', '{"key":"*","algorithm":"a","creation-timestamp":1}', 'its member key is not base64'],
    ['session-key', '{"key":"YQ==","creation-timestamp":1}', 'its member algorithm is not a string'],
    ['logger-cluster-org.foo', '{}', 'its member level is not a string'],
  ])('says of %s %s that %s', (key, value, reason) => {
    expect(decodeConfigRecord(key, value)).toEqual({ kind: 'malformed', reason });
  });

  it('calls text that is no JSON malformed', () => {
    expect(decodeConfigRecord('connector-a', '{')).toMatchObject({ kind: 'malformed' });
  });

  it('knows which keys it does not know', () => {
    expect(decodeConfigRecord('epoch-a', '{}')).toMatchObject({ kind: 'unknown' });
  });
});
