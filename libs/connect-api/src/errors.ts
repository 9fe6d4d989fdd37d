/**
 * Errors that plugins throw and that users see. Each knows the class name that Apache Kafka Connect would have shown,
 * because traces in statuses and dead-letter headers carry it and scripts match on it.
 *
 * Across threads and processes errors are compared by {@link ConnectError.code}, never by `instanceof`.
 */
export type ErrorCode =
  | 'CONNECT'
  | 'RETRIABLE'
  | 'DATA'
  | 'CONFIG'
  | 'NOT_FOUND'
  | 'ALREADY_EXISTS'
  | 'BAD_REQUEST'
  | 'CONFLICT'
  | 'SCHEMA_BUILDER'
  | 'ILLEGAL_STATE'
  | 'UNSUPPORTED';

/** Thrown when something in a connector or in the runtime cannot go on; the task or request that met it fails. */
export class ConnectError extends Error {
  readonly code: ErrorCode = 'CONNECT';
  /** The reference's class for this error, first word of a trace. */
  readonly referenceClass: string = 'org.apache.kafka.connect.errors.ConnectException';

  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** Thrown when the same call may succeed later; the runtime calls again instead of failing the task. */
export class RetriableError extends ConnectError {
  override readonly code = 'RETRIABLE';
  override readonly referenceClass = 'org.apache.kafka.connect.errors.RetriableException';
}

/** Thrown when a record does not fit its schema or its wire format. */
export class DataError extends ConnectError {
  override readonly code = 'DATA';
  override readonly referenceClass = 'org.apache.kafka.connect.errors.DataException';
}

/** Thrown when a schema is built wrongly. */
export class SchemaBuilderError extends ConnectError {
  override readonly code = 'SCHEMA_BUILDER';
  override readonly referenceClass = 'org.apache.kafka.connect.errors.SchemaBuilderException';
}

/** Thrown when a property is missing or has a value that is not allowed; the message names both. */
export class ConfigError extends ConnectError {
  override readonly code = 'CONFIG';
  override readonly referenceClass = 'org.apache.kafka.common.config.ConfigException';
}

/** Thrown when a named connector, task or plugin does not exist. */
export class NotFoundError extends ConnectError {
  override readonly code = 'NOT_FOUND';
  override readonly referenceClass = 'org.apache.kafka.connect.errors.NotFoundException';
}

/** Thrown when a connector of that name exists. */
export class AlreadyExistsError extends ConnectError {
  override readonly code = 'ALREADY_EXISTS';
  override readonly referenceClass = 'org.apache.kafka.connect.errors.AlreadyExistsException';
}

/** Thrown when a request asks for something that can never be done. */
export class BadRequestError extends ConnectError {
  override readonly code = 'BAD_REQUEST';
  override readonly referenceClass = 'org.apache.kafka.connect.runtime.rest.errors.BadRequestException';
}

/** Thrown when a request cannot be done now (no leader, a rebalance); asking again later may work. */
export class ConflictError extends ConnectError {
  override readonly code = 'CONFLICT';
  override readonly referenceClass = 'org.apache.kafka.connect.runtime.distributed.RebalanceNeededException';
}

/** Thrown when a method is called at a moment at which it has no meaning. */
export class IllegalStateError extends ConnectError {
  override readonly code = 'ILLEGAL_STATE';
  override readonly referenceClass = 'java.lang.IllegalStateException';
}

/** Thrown by a plugin that is asked for what it cannot do, e.g. to let offsets be altered. */
export class UnsupportedOperationError extends ConnectError {
  override readonly code = 'UNSUPPORTED';
  override readonly referenceClass = 'java.lang.UnsupportedOperationException';
}

/** The class name the reference would show for any thrown value. */
export function referenceClassOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'referenceClass' in error) return String(error.referenceClass);
  if (error instanceof TypeError) return 'java.lang.ClassCastException';
  if (error instanceof RangeError) return 'java.lang.IllegalArgumentException';
  return error instanceof Error ? `java.lang.RuntimeException` : 'java.lang.Throwable';
}

/**
 * A trace as statuses and dead-letter headers carry it: `<class>: <message>`, or the class alone where the error says
 * nothing, one `\tat` line per frame, then the causes after `Caused by: `.
 */
export function traceOf(error: unknown): string {
  const parts: string[] = [];
  const seen = new Set<unknown>();
  for (let current: unknown = error; current !== undefined && current !== null && !seen.has(current);) {
    seen.add(current);
    const message = current instanceof Error ? current.message : String(current);
    const frames = current instanceof Error ? framesOf(current) : '';
    const said = message === '' ? '' : `: ${message}`;
    parts.push(`${referenceClassOf(current)}${said}\n${frames}`);
    current = current instanceof Error ? current.cause : undefined;
  }
  return parts.join('Caused by: ');
}

const FIRST_FRAME = '\n    at ';

function framesOf(error: Error): string {
  const stack = error.stack ?? '';
  const start = stack.indexOf(FIRST_FRAME);
  if (start === -1) return '';
  const frames = stack.slice(start + 1).split('\n');
  return frames.map((line) => (line.startsWith('    at ') ? `\t${line.slice(4)}\n` : '')).join('');
}
