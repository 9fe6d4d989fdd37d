import type { Scanner } from './scanner.js';

/*
 * Characters and sets of them, as they stand inside the brackets of a JavaScript class with the flag `v`.
 */

/** Lists of line ends, in Java more than in JavaScript. */
export const LINE_ENDS = '\\n\\r\\u0085\\u2028\\u2029';

const SETS: Readonly<Record<string, string>> = {
  d: '0-9',
  w: 'a-zA-Z0-9_',
  s: ' \\t\\n\\x0B\\f\\r',
  h: ' \\t\\xA0\\u1680\\u180E\\u2000-\\u200A\\u202F\\u205F\\u3000',
  v: '\\n\\x0B\\f\\r\\x85\\u2028\\u2029',
};

/** POSIX classes, ASCII only. */
const POSIX: Readonly<Record<string, string>> = {
  Lower: 'a-z',
  Upper: 'A-Z',
  ASCII: '\\x00-\\x7F',
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: 'a-zA-Z0-9',
  Punct: '!-\\/:-@\\[-`\\{-~',
  Graph: '!-~',
  Print: ' -~',
  Blank: ' \\t',
  Cntrl: '\\x00-\\x1F\\x7F',
  XDigit: '0-9a-fA-F',
  Space: ' \\t\\n\\x0B\\f\\r',
};
/** What methods of Java's `Character` say. */
const JAVA: Readonly<Record<string, string>> = {
  javaLowerCase: '\\p{Lowercase}',
  javaUpperCase: '\\p{Uppercase}',
  javaTitleCase: '\\p{Lt}',
  javaAlphabetic: '\\p{Alphabetic}',
  javaIdeographic: '\\p{Ideographic}',
  javaDigit: '\\p{Nd}',
  javaLetter: '\\p{L}',
  javaLetterOrDigit: '\\p{L}\\p{Nd}',
  javaSpaceChar: '\\p{Z}',
  // No blank that keeps words together, but separators of ASCII.
  javaWhitespace: '\\t-\\r\\x1C-\\x20\\u1680\\u2000-\\u2006\\u2008-\\u200A\\u2028\\u2029\\u205F\\u3000',
  javaISOControl: '\\x00-\\x1F\\x7F-\\x9F',
};
const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, r: 13, f: 12, a: 7, e: 27 };

const HEX = /u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|x\{([0-9a-fA-F]+)\}|0([0-3][0-7]{2}|[0-7]{1,2})|c([\s\S])/y;
const PROPERTY = /([pP])(?:\{([^}]*)\}|([\s\S]))/y;

/** One character, safe inside and outside of brackets. */
export function literal(char: string): string {
  return /^[a-zA-Z0-9_]$/.test(char) ? char : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
}

/** The letter in the other case, for expressions that do not care; ASCII only, as in Java. */
export function otherCase(char: string): string {
  if (!/^[a-zA-Z]$/.test(char)) return '';
  return char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase();
}

/** A range and, where the case does not matter, the same letters in the other case. */
export function range(from: string, to: string, anyCase: boolean): string {
  const own = `${literal(from)}-${literal(to)}`;
  if (!anyCase) return own;
  return own + shifted(from, to, 'a', 'z') + shifted(from, to, 'A', 'Z');
}

function shifted(from: string, to: string, first: string, last: string): string {
  const [start, end] = [from > first ? from : first, to < last ? to : last];
  return start > end || start.length > 1 || end.length > 1 ? '' : `${otherCase(start)}-${otherCase(end)}`;
}

/** Reads what stands after a backslash where it is a set: `\d`, `\W`, `\p{...}`; undefined where it is none. */
export function escapedSet(scanner: Scanner, anyCase: boolean): string | undefined {
  const set = scanner.match(/[dwshvDWSHV]/y)?.[0];
  if (set !== undefined) {
    const inside = SETS[set.toLowerCase()] ?? '';
    return set === set.toLowerCase() ? inside : `[^${inside}]`;
  }
  const start = scanner.at - 1;
  const property = scanner.match(PROPERTY);
  if (property === undefined) return undefined;
  const [, letter, long, short = ''] = property;
  const inside = propertySet(scanner, long ?? short, anyCase, start);
  return letter === 'p' ? inside : `[^${inside}]`;
}

function propertySet(scanner: Scanner, name: string, anyCase: boolean, start: number): string {
  const listed = POSIX[name] ?? JAVA[name];
  if (anyCase && /^(Lower|Upper|L[lut]|IsL[lut]|Is(Low|Upp|Tit)ercase|java(Lower|Upper|Title)Case)$/.test(name)) {
    throw scanner.error(`\\p{${name}} is not supported where the case does not matter`, start);
  }
  if (listed !== undefined) return listed;
  const category = /^(?:Is)?([A-Z][a-z]?)$/.exec(name)?.[1];
  const script = /^(?:Is|script=|sc=)([A-Z]\w+)$/.exec(name)?.[1];
  for (const candidate of [category, binaryProperty(name), script === undefined ? undefined : `Script=${script}`]) {
    if (candidate !== undefined && isProperty(candidate)) return `\\p{${candidate}}`;
  }
  throw scanner.error(`Unknown or unsupported character property {${name}}`, start);
}

function binaryProperty(name: string): string | undefined {
  return /^Is(Alphabetic|Ideographic|Lowercase|Uppercase|White_Space)$/.exec(name)?.[1];
}

function isProperty(name: string): boolean {
  try {
    return new RegExp(`\\p{${name}}`, 'v').flags === 'v';
  } catch {
    return false;
  }
}

/** Reads what stands after a backslash where it is a single character. */
export function escapedCharacter(scanner: Scanner): string {
  const start = scanner.at;
  const [all, four, two, braced, octal, control] = scanner.match(HEX) ?? [];
  if (all !== undefined) {
    if (control !== undefined) return String.fromCodePoint((control.codePointAt(0) ?? 0) ^ 64);
    const code = Number.parseInt(four ?? two ?? braced ?? octal ?? '', octal === undefined ? 16 : 8);
    if (code > 0x10ffff) throw scanner.error('Hexadecimal codepoint is too big');
    return String.fromCodePoint(code);
  }
  const char = scanner.next();
  const code = CONTROLS[char];
  if (code !== undefined) return String.fromCodePoint(code);
  if (char === '' || /^[a-zA-Z0-9]$/.test(char)) throw scanner.error('Illegal/unsupported escape sequence', start);
  return char;
}
