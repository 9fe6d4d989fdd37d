import { ConfigError } from '@tributary/connect-api';

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };
const BLANK = /[ \t\f]/;

/**
 * Reads a Java-style .properties text: `key=value`, `key:value` or `key value` lines, `#` and `!` comments, lines that
 * go on after a final backslash, and the escapes \t \n \r \f \uXXXX (a backslash before anything else is dropped). Of keys
 * that occur twice the last one counts. Throws a {@link ConfigError} for a wrong \u escape.
 */
export function parseProperties(text: string): Record<string, string> {
  const entries = new Map<string, string>();
  for (const line of logicalLines(text.replace(/^\uFEFF/, ''))) {
    const end = keyEnd(line);
    const value = line.slice(end).replace(/^[ \t\f]*[=:]?[ \t\f]*/, '');
    entries.set(unescape(line.slice(0, end)), unescape(value));
  }
  return Object.fromEntries(entries);
}

/** Lines without comments and blank ones, each joined with those that it goes on in. */
function* logicalLines(text: string): Iterable<string> {
  let open: string | undefined;
  for (const raw of text.split(/\r\n|\n|\r/)) {
    const line = raw.replace(/^[ \t\f]+/, '');
    if (open === undefined && (line === '' || line.startsWith('#') || line.startsWith('!'))) continue;
    const whole: string = (open ?? '') + line;
    const goesOn = (/\\*$/.exec(line)?.[0].length ?? 0) % 2 === 1;
    open = goesOn ? whole.slice(0, -1) : undefined;
    if (!goesOn) yield whole;
  }
  if (open !== undefined) yield open;
}

/** Where the key ends: at the first separator that is not escaped. */
function keyEnd(line: string): number {
  for (let i = 0; i < line.length; i++) {
    const char = line.charAt(i);
    if (char === '\\') i++;
    else if (char === '=' || char === ':' || BLANK.test(char)) return i;
  }
  return line.length;
}

function unescape(text: string): string {
  return text.replace(/\\(u(.{0,4})|.|$)/gs, (_all, escaped: string, hex: string | undefined) => {
    if (!escaped.startsWith('u')) return ESCAPES[escaped] ?? escaped;
    if (hex === undefined || !/^[0-9a-fA-F]{4}$/.test(hex)) {
      throw new ConfigError(`Malformed escape \\${escaped}: \\u must be followed by four hexadecimal digits.`);
    }
    return String.fromCharCode(Number.parseInt(hex, 16));
  });
}
