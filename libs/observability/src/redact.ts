import { hideSecrets } from './secrets/secrets-in-use.js';
import { HIDDEN } from './secrets/secrets.js';

const SECRET_KEY =
  /pass(word|phrase)|secret|token|credential|jaas\.config|private[._-]?key|api[._-]?key|authorization|keystore\.key/i;
/**
 * Both begin with a fixed word and repeat only within bounds: a log line of a megabyte must not take seconds. A line of a file
 * of code, `secrets.js:8:1`, is none.
 */
const SECRET_IN_TEXT =
  /((?:password|passphrase|secret|credential)[\w.-]{0,40}(?<!\.[cm]?[jt]s)["']?\s{0,4}[=:]\s{0,4})("(?:[^"\\]|\\.)*"|'[^']*'|[^\s,;&"'(){}[\]]+)/gi;
const USER_INFO_IN_URL = /(:\/\/[^\s/:@]{1,200}):[^\s/@]{1,200}@/g;
const MAX_DEPTH = 6;

/**
 * A safety net below all logs: the values of properties whose names sound like secrets, at any depth, and inside of texts
 * the secrets that are known and what looks like one. Secrets should never come so far.
 */
export function redact(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, redactValue(key, value, 0)]));
}

export function redactText(text: string): string {
  return hideSecrets(text).replace(SECRET_IN_TEXT, `$1${HIDDEN}`).replace(USER_INFO_IN_URL, `$1:${HIDDEN}@`);
}

/** Whether a property of that name holds a secret, as far as a name can tell. */
export function soundsSecret(name: string): boolean {
  return SECRET_KEY.test(name);
}

function redactValue(key: string, value: unknown, depth: number): unknown {
  if (value === null || value === undefined || typeof value === 'boolean') return value;
  if (soundsSecret(key) && typeof value !== 'number') return HIDDEN;
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value instanceof Error || depth >= MAX_DEPTH) return value;
  if (Array.isArray(value)) return value.map((item) => redactValue('', item, depth + 1));
  if (value instanceof Map) return redactValue(key, Object.fromEntries(value), depth);
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, redactValue(name, member, depth + 1)]),
  );
}
