import { HttpException } from '@nestjs/common';
import type { ErrorCode } from '@tributary/connect-api';
import { RestError } from './rest-error.js';

/** The body of every answer that is not a success: `{"error_code":404,"message":"Connector a not found"}`. */
export interface ErrorBody {
  readonly error_code: number;
  readonly message: string;
}

const STATUS_OF: Readonly<Record<ErrorCode, number>> = {
  NOT_FOUND: 404,
  BAD_REQUEST: 400,
  ALREADY_EXISTS: 409,
  CONFLICT: 409,
  CONFIG: 500,
  CONNECT: 500,
  RETRIABLE: 500,
  DATA: 500,
  SCHEMA_BUILDER: 500,
  ILLEGAL_STATE: 500,
  UNSUPPORTED: 500,
};

/** `expected` is false for errors that nobody foresaw and that should be logged with their stack. */
export function errorBodyOf(error: unknown): { body: ErrorBody; expected: boolean } {
  if (error instanceof RestError) return known(error.status, error.message);
  if (error instanceof HttpException) return known(error.getStatus(), error.message);
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message : String(error);
  if (Object.hasOwn(STATUS_OF, code)) return known(STATUS_OF[code as ErrorCode], message);
  return { body: { error_code: 500, message }, expected: false };
}

const known = (status: number, message: string) => ({ body: { error_code: status, message }, expected: true });
