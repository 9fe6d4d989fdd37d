import { describe, expect, it } from 'vitest';
import { referenceRecords } from '../../test/reference-records.js';
import { isSkipped } from '../skipped-record.js';
import { decodeStatusRecord, encodeStatusRecord } from './status-records.js';

describe('status records', () => {
  it.each(referenceRecords('status'))('reads $key of the reference and writes the same bytes', ({ key, value }) => {
    const record = decodeStatusRecord(key, value);
    if (isSkipped(record)) throw new Error(record.reason);
    expect(encodeStatusRecord(record)).toEqual({ key, value });
  });

  it('parts topic keys at the first colon', () => {
    const record = decodeStatusRecord('status-topic-a-b:connector-x:connector-y', null);
    expect(record).toEqual({ kind: 'topic', topic: 'a-b', connector: 'x:connector-y', use: null });
  });

  it('parts task keys at the last hyphen', () => {
    expect(decodeStatusRecord('status-task-a-1-2', null)).toMatchObject({ id: { connector: 'a-1', task: 2 } });
  });

  it('reads a status of before versions were stored', () => {
    const value = '{"state":"RUNNING","trace":null,"worker_id":"w:1","generation":3}';
    expect(decodeStatusRecord('status-connector-a', value)).toMatchObject({ status: { version: null, generation: 3 } });
  });

  it.each([
    [null, '{}', 'its key is null'],
    ['status-connector-a', '[]', 'its value is not a JSON object'],
    ['status-connector-a', '{"state":"ASLEEP","worker_id":"w","generation":1}', 'its member state is no known state'],
    ['status-connector-a', '{"state":"RUNNING","generation":1}', 'its member worker_id is not a string'],
    ['status-connector-a', '{"state":"RUNNING","worker_id":"w"}', 'its member generation is not a number'],
    ['status-task-a', null, 'its key does not name a connector and a task number'],
    ['status-topic-a', null, 'its key does not name a topic and a connector'],
    ['status-topic-t:connector-c', '{"topic":{}}', 'its member topic lacks task or discoverTimestamp'],
  ])('says of %s %s that %s', (key, value, reason) => {
    expect(decodeStatusRecord(key, value)).toEqual({ kind: 'malformed', reason });
  });

  it('knows which keys it does not know', () => {
    expect(decodeStatusRecord('state-connector-a', null)).toMatchObject({ kind: 'unknown' });
  });
});
