import { BadRequestError, ConfigError, ConnectError, DataError, RetriableError, traceOf } from '@tributary/connect-api';
import { expect, it } from 'vitest';
import { TooManyTasksError } from '../errors.js';
import { failureKind } from './failure-kind.js';

const wrapped = (cause: unknown) =>
  new ConnectError('Exiting WorkerSinkTask due to unrecoverable exception.', { cause });

it.each<[string, unknown, string]>([
  ['a wrong configuration', new ConfigError('Invalid value'), 'FATAL'],
  ['a class that is not there', new BadRequestError('Failed to find any class'), 'FATAL'],
  ['a converter that is not there', new ConnectError('Failed to find any class that implements Converter'), 'FATAL'],
  ['too many tasks', new TooManyTasksError('c', 2, 1), 'FATAL'],
  ['data that do not fit', wrapped(new DataError('not a struct')), 'FATAL'],
  ['an error that is not tolerated', new ConnectError('Tolerance exceeded in error handler'), 'FATAL'],
  [
    'a retriable error that is not tolerated any more',
    new ConnectError('Tolerance exceeded in error handler', { cause: new RetriableError('later') }),
    'FATAL',
  ],
  ['a retriable error', new RetriableError('later', { cause: new DataError('x') }), 'TRANSIENT'],
  ['a retriable cause', wrapped(new RetriableError('later')), 'TRANSIENT'],
  [
    'an error of Node',
    wrapped(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })),
    'TRANSIENT',
  ],
  [
    'a record that is too large for Kafka',
    wrapped(
      Object.assign(new Error('x'), { referenceClass: 'org.apache.kafka.common.errors.RecordTooLargeException' }),
    ),
    'FATAL',
  ],
  ['a mistake of the plugin', new TypeError('x is undefined'), 'TRANSIENT'],
  ['a text over several lines', new Error('said:\norg.apache.kafka.common.config.ConfigException: x'), 'TRANSIENT'],
  ['what is no error', 'thrown', 'TRANSIENT'],
])('takes %s as it is', (_, error, kind) => {
  expect(failureKind(traceOf(error))).toBe(kind);
});

it('takes a failure without a trace as one that may pass', () => {
  expect(failureKind(null)).toBe('TRANSIENT');
});
