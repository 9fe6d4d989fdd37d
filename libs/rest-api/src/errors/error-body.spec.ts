import { BadRequestException } from '@nestjs/common';
import {
  AlreadyExistsError,
  BadRequestError,
  ConfigError,
  ConflictError,
  ConnectError,
  DataError,
  NotFoundError,
  RetriableError,
} from '@tributary/connect-api';
import { expect, test } from 'vitest';
import { errorBodyOf } from './error-body.js';
import { RestError, routerError } from './rest-error.js';

test.each([
  [new NotFoundError('Connector a not found'), 404],
  [new BadRequestError('wrong'), 400],
  [new AlreadyExistsError('Connector a already exists'), 409],
  [new ConflictError('busy'), 409],
  [new ConfigError('wrong'), 500],
  [new ConnectError('failed'), 500],
  [new RetriableError('failed for now'), 500],
  [new DataError('unreadable'), 500],
  [new RestError(413, 'too large'), 413],
  [new BadRequestException('no number'), 400],
])('%s is answered with its status and its message', (error, status) => {
  expect(errorBodyOf(error)).toEqual({ body: { error_code: status, message: error.message }, expected: true });
});

test.each([
  [new TypeError('nobody foresaw this'), 'nobody foresaw this'],
  [Object.assign(new Error('disk'), { code: 'ENOSPC' }), 'disk'],
  ['thrown text', 'thrown text'],
  [undefined, 'undefined'],
])('%s is a 500 that is to be looked into', (error, message) => {
  expect(errorBodyOf(error)).toEqual({ body: { error_code: 500, message }, expected: false });
});

test.each([
  [404, 'HTTP 404 Not Found'],
  [405, 'HTTP 405 Method Not Allowed'],
  [406, 'HTTP 406 Not Acceptable'],
  [415, 'HTTP 415 Unsupported Media Type'],
] as const)('the router answers %i with the words of the reference', (status, message) => {
  expect(routerError(status)).toMatchObject({ status, message });
});
