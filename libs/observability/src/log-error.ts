import { redactText } from './redact.js';

/** An error in a log line. */
export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  /** with the stacks of its causes */
  readonly stack: string;
}

const MAX_CAUSES = 20;

export function logError(thrown: unknown): LoggedError {
  if (!(thrown instanceof Error)) return { type: typeof thrown, message: redactText(String(thrown)), stack: '' };
  const code = 'code' in thrown && typeof thrown.code === 'string' ? { code: thrown.code } : {};
  const stacks: string[] = [];
  let current: unknown = thrown;
  for (let depth = 0; current !== undefined && current !== null && depth < MAX_CAUSES; depth++) {
    stacks.push(current instanceof Error ? (current.stack ?? current.message) : String(current));
    current = current instanceof Error ? current.cause : undefined;
  }
  const stack = redactText(stacks.join('\ncaused by: '));
  return { type: thrown.name, message: redactText(thrown.message), ...code, stack };
}
