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

  it('keeps what is ours in records that the reference has not, or in members that it does not look at', () => {
    const restart = { attempts: 2, nextAt: 1_700_000_000_000, givenUp: null };
    const ofTask = encodeStatusRecord({ kind: 'auto-restart', target: { connector: 'a-1', task: 2 }, restart });
    expect(ofTask).toEqual({
      key: 'auto-restart-task-a-1-2',
      value: '{"attempts":2,"next_at":1700000000000,"given_up":null}',
    });
    expect(decodeStatusRecord(ofTask.key, ofTask.value)).toEqual({
      kind: 'auto-restart',
      target: { connector: 'a-1', task: 2 },
      restart,
    });
    const ofConnector = encodeStatusRecord({ kind: 'auto-restart', target: { connector: 'a-1' }, restart: null });
    expect(ofConnector).toEqual({ key: 'auto-restart-connector-a-1', value: null });
    expect(decodeStatusRecord(ofConnector.key, null)).toEqual({
      kind: 'auto-restart',
      target: { connector: 'a-1' },
      restart: null,
    });
    const stalled = { since: 5, in: 'put' } as const;
    const status = { state: 'RUNNING', trace: null, workerId: 'w:1', generation: 1, version: null, stalled } as const;
    const hanging = encodeStatusRecord({ kind: 'task', id: { connector: 'a', task: 0 }, status });
    expect(hanging.value).toMatch(/,"version":null,"stalled":{"since":5,"in":"put"}}$/);
    expect(decodeStatusRecord(hanging.key, hanging.value)).toMatchObject({ status });
  });

  it.each([
    [null, '{}', 'its key is null'],
    ['status-connector-a', '[]', 'its value is not a JSON object'],
    ['status-connector-a', '{"state":"ASLEEP","worker_id":"w","generation":1}', 'its member state is no known state'],
    ['status-connector-a', '{"state":"RUNNING","generation":1}', 'its member worker_id is not a string'],
    ['status-connector-a', '{"state":"RUNNING","worker_id":"w"}', 'its member generation is not a number'],
    [
      'status-task-a-0',
      '{"state":"RUNNING","worker_id":"w","generation":1,"stalled":{}}',
      'its member stalled lacks since or in',
    ],
    ['auto-restart-task-a-0', '{}', 'its member attempts is not a number'],
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
