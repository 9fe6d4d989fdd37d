import { DataError, Schemas, sourceRecord, type ConnectValue } from '@tributary/connect-api';
import { Secrets, withSecrets } from '@tributary/observability';
import { describe, expect, it } from 'vitest';
import type { ConsumedRecord } from '../stages.js';
import { deadLetter } from './dead-letter.js';

const CONSUMED: ConsumedRecord = {
  topic: 'orders',
  partition: 3,
  offset: 42,
  timestamp: 1795421365735,
  timestampType: 'CreateTime',
  key: Buffer.from([0, 255]),
  value: Buffer.from('{'),
  headers: [
    { key: 'h', value: Buffer.from('1') },
    { key: 'h', value: null },
    { key: '__connect.errors.topic', value: Buffer.from('before') },
  ],
};
const FORM = { topic: 'dead', contextHeaders: true, owner: { connector: 'C', task: 1 } };

const unreadable = {
  get member() {
    throw new Error('not you');
  },
};

const letter = (subject: ConsumedRecord, error: unknown, contextHeaders: boolean) =>
  deadLetter(
    { stage: 'VALUE_CONVERTER', className: 'org.example.Converter', subject, error },
    { ...FORM, contextHeaders },
  );

describe('deadLetter', () => {
  it('is the record as it was read', () => {
    const { key, value, headers } = CONSUMED;
    expect(letter(CONSUMED, new Error('bad'), false)).toEqual({
      topic: 'dead',
      partition: null,
      key,
      value,
      headers,
      timestamp: 1795421365735,
    });
    const empty = letter({ ...CONSUMED, key: null, value: null, headers: undefined, timestamp: -1 }, 'bad', false);
    expect(empty).toMatchObject({ key: null, value: null, headers: [], timestamp: null });
  });

  it('tells behind its own headers where and why it failed, whatever they are', () => {
    const error = new DataError('no JSON', { cause: new Error('inner') });
    const { headers } = letter(CONSUMED, error, true);
    expect(headers?.slice(0, 3)).toEqual(CONSUMED.headers);
    expect(headers?.slice(3, -1).map(({ key, value }) => [key, value])).toEqual([
      ['__connect.errors.topic', 'orders'],
      ['__connect.errors.partition', '3'],
      ['__connect.errors.offset', '42'],
      ['__connect.errors.connector.name', 'C'],
      ['__connect.errors.task.id', '1'],
      ['__connect.errors.stage', 'VALUE_CONVERTER'],
      ['__connect.errors.class.name', 'org.example.Converter'],
      ['__connect.errors.exception.class.name', 'org.apache.kafka.connect.errors.DataException'],
      ['__connect.errors.exception.message', 'no JSON'],
    ]);
    const trace = headers?.at(-1);
    expect(trace?.key).toBe('__connect.errors.exception.stacktrace');
    expect(trace?.value).toMatch(
      /^org\.apache\.kafka\.connect\.errors\.DataException: no JSON\n\tat [^]*\nCaused by: /,
    );
  });

  it('keeps a source record as JSON, and tells where it was read', () => {
    const record = sourceRecord({
      sourcePartition: { file: '/a' },
      sourceOffset: { line: 9007199254740993n },
      topic: 'lines',
      kafkaPartition: 2,
      valueSchema: Schemas.STRING,
      value: 'é',
      timestamp: 17,
      headers: [{ key: 'h', schema: null, value: [1] }],
    });
    const failure = { stage: 'TRANSFORMATION', className: 'T', subject: record, error: new Error('bad') } as const;
    const { headers, ...letter } = deadLetter(failure, FORM);
    expect(letter).toEqual({
      topic: 'dead',
      partition: null,
      key: null,
      value: '{"schema":{"type":"string","optional":false},"payload":"é"}',
      timestamp: 17,
    });
    expect(headers?.slice(0, 6).map(({ key, value }) => [key, value])).toEqual([
      ['h', '{"schema":null,"payload":[1]}'],
      ['__connect.errors.topic', 'lines'],
      ['__connect.errors.partition', '2'],
      ['__connect.errors.source.partition', '{"file":"/a"}'],
      ['__connect.errors.source.offset', '{"line":9007199254740993}'],
      ['__connect.errors.connector.name', 'C'],
    ]);
  });

  it.each<[string, unknown, string]>([
    ['does not fit its schema', 7, '{"schema":null,"payload":7}'],
    ['is no data', unreadable, '{"schema":null,"payload":"[unreadable: Error: not you]"}'],
  ])('keeps what it can of a source record whose value %s', (_what, value, kept) => {
    const subject = sourceRecord({
      sourcePartition: {},
      sourceOffset: {},
      topic: 't',
      valueSchema: Schemas.STRING,
      value: value as ConnectValue,
    });
    const failure = { stage: 'VALUE_CONVERTER', className: 'T', subject, error: new Error('bad') } as const;
    expect(deadLetter(failure, FORM).value).toBe(kept);
  });

  it('has a message of null where the error says nothing', () => {
    const { headers } = letter(CONSUMED, new Error(), true);
    expect(headers?.find(({ key }) => key.endsWith('.message'))?.value).toBeNull();
  });

  it('shows no secrets of the task', () => {
    const error = new DataError('no open-sesame', { cause: new Error('open-sesame') });
    const { headers } = withSecrets(new Secrets(['open-sesame']), () => letter(CONSUMED, error, true));
    const texts = new Map(headers?.map(({ key, value }) => [key, String(value)]));
    expect(texts.get('__connect.errors.exception.message')).toBe('no [hidden]');
    expect(texts.get('__connect.errors.exception.stacktrace')).toMatch(/: no \[hidden\]\n/);
    expect([...texts.values()].join()).not.toContain('sesame');
  });
});
