import { referenceClassOf } from '@tributary/connect-api';
import { hideSecrets } from '@tributary/observability';

/** An error as it crosses a thread boundary: all that statuses, traces and callers' decisions need, without secrets. */
export interface WireError {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
  readonly referenceClass: string;
  readonly stack: string | undefined;
  readonly cause: WireError | undefined;
}

/** Deeper causes are cut: a chain that long is a cycle. */
const MAX_CAUSES = 20;

/**
 * Thrown on one side of a thread boundary for what was thrown on the other. Its trace is the original's; compare by
 * `code`, never by `instanceof`.
 */
export class HostedError extends Error {
  readonly code: string | undefined;
  readonly referenceClass: string;

  constructor(wire: WireError) {
    super(wire.message, wire.cause && { cause: new HostedError(wire.cause) });
    this.name = wire.name;
    this.code = wire.code;
    this.referenceClass = wire.referenceClass;
    this.stack = wire.stack ?? `${wire.name}: ${wire.message}`;
  }
}

export function encodeError(thrown: unknown, depth = 0): WireError {
  if (!(thrown instanceof Error)) {
    const message = hideSecrets(typeof thrown === 'string' ? thrown : describe(thrown));
    const referenceClass = referenceClassOf(thrown);
    return { name: 'Error', message, code: undefined, referenceClass, stack: undefined, cause: undefined };
  }
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
  const hasCause = thrown.cause !== undefined && thrown.cause !== null && depth < MAX_CAUSES;
  return {
    name: thrown.name,
    message: hideSecrets(thrown.message),
    code,
    referenceClass: referenceClassOf(thrown),
    stack: typeof thrown.stack === 'string' ? hideSecrets(thrown.stack) : undefined,
    cause: hasCause ? encodeError(thrown.cause, depth + 1) : undefined,
  };
}

export function decodeError(wire: WireError): HostedError {
  return new HostedError(wire);
}

/** A thrown value that is no error may have a toString that throws, or none. */
function describe(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return typeof thrown;
  }
}
