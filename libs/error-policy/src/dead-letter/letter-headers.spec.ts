import { expect, it } from 'vitest';
import { contextHeaders } from './context-headers.js';
import { letterHeaders } from './letter-headers.js';

const own = [
  { key: 'a', value: Buffer.from('1') },
  { key: '__connect.errors.topic', value: Buffer.from('of another queue') },
  { key: 'a', value: null },
];
const subject = {
  topic: 't',
  partition: 3,
  offset: 7,
  timestamp: 1,
  timestampType: 'CreateTime',
  key: null,
  value: null,
  headers: own,
} as const;

it('takes apart what a queue put together', () => {
  const failure = { stage: 'VALUE_CONVERTER', className: 'C', subject, error: new Error('') } as const;
  const told = contextHeaders(failure, { connector: 'c', task: 2 });
  const read = told.map(({ key, value }) => ({ key, value: value === null ? null : Buffer.from(value) }));
  const { context, own: left } = letterHeaders([...own, ...read]);
  expect(left).toEqual(own);
  expect(Object.fromEntries(context)).toMatchObject({
    topic: 't',
    partition: '3',
    offset: '7',
    'connector.name': 'c',
    'task.id': '2',
    stage: 'VALUE_CONVERTER',
    'exception.message': null,
  });
});

it('finds nothing in a record that comes from elsewhere', () => {
  expect(letterHeaders([])).toEqual({ context: new Map(), own: [] });
  const plain = [{ key: '__connect.error', value: null }];
  expect(letterHeaders(plain)).toEqual({ context: new Map(), own: plain });
});
