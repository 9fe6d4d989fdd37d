/**
 * JSON text as the reference's JsonConverter writes it, byte for byte, because offsets are looked up by their key's bytes:
 * control characters as upper-case `\u000B`, every surrogate as `\uD83D`, all else as it is; doubles as `1.0E7`.
 */
export type JsonValue = string | number | bigint | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

const SHORT_ESCAPES = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\f', '\\f'],
  ['\r', '\\r'],
]);

export function toJsonText(value: JsonValue): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return numberText(value);
  if (value === null || typeof value !== 'object') return String(value);
  if (isArray(value)) return `[${value.map(toJsonText).join(',')}]`;
  const members = Object.entries(value).map(([key, member]) => `${quote(key)}:${toJsonText(member)}`);
  return `{${members.join(',')}}`;
}

const isArray = (value: JsonObject | readonly JsonValue[]): value is readonly JsonValue[] => Array.isArray(value);

function quote(text: string): string {
  // all but what stands for itself: control characters, quotes, backslashes, surrogates
  return `"${text.replace(/[^ !#-[\]-\ud7ff\ue000-\uffff]/g, escape)}"`;
}

function escape(character: string): string {
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return SHORT_ESCAPES.get(character) ?? `\\u${code}`;
}

/** Integral numbers are Java longs as far as those reach, others doubles in the notation of Java's Double.toString. */
function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} has no JSON form`);
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 2 ** 63) return BigInt(value).toString();
  if (size >= 1e-3 && size < 1e7) return String(value);
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
}

const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const INTEGER = /^-?\d{16,}$/;
const LONG_INTEGER = '\u0000long:';

/** Integers beyond 2^53 become bigints. Throws a SyntaxError where `text` is not JSON. */
export function parseJsonText(text: string): JsonValue {
  if (!/\d{16}/.test(text)) return JSON.parse(text) as JsonValue;
  const marked = text.replace(TOKENS, (token) => {
    if (!INTEGER.test(token) || Number.isSafeInteger(Number(token))) return token;
    return JSON.stringify(LONG_INTEGER + token);
  });
  return JSON.parse(marked, (_key, value: JsonValue) =>
    typeof value === 'string' && value.startsWith(LONG_INTEGER) ? BigInt(value.slice(LONG_INTEGER.length)) : value,
  ) as JsonValue;
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
