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
  javaTitleCase: '[\\p{Lt}]',
  javaAlphabetic: '\\p{Alphabetic}',
  javaIdeographic: '\\p{Ideographic}',
  javaDigit: '\\p{Nd}',
  javaLetter: '\\p{L}',
  javaLetterOrDigit: '\\p{L}\\p{Nd}',
  javaSpaceChar: '\\p{Z}',
  // No blank that keeps words together, but separators of ASCII.
  javaWhitespace: '\\t-\\r\\x1C-\\x20\\u1680\\u2000-\\u2006\\u2008-\\u200A\\u2028\\u2029\\u205F\\u3000',
  javaISOControl: '\\x00-\\x1F\\x7F-\\x9F',
  javaMirrored: '\\p{Bidi_Mirrored}',
};
/** Categories that JavaScript does not know by these names. */
const MORE_CATEGORIES: Readonly<Record<string, string>> = {
  LC: '\\p{LC}',
  LD: '\\p{L}\\p{Nd}',
  L1: '\\x00-\\xFF',
  all: '\\x00-\\u{10FFFF}',
};
/** What may follow `Is`, in any case. */
const BINARY: Readonly<Record<string, string>> = {
  ALPHABETIC: '\\p{Alphabetic}',
  LETTER: '\\p{L}',
  IDEOGRAPHIC: '\\p{Ideographic}',
  LOWERCASE: '\\p{Lowercase}',
  UPPERCASE: '\\p{Uppercase}',
  TITLECASE: '[\\p{Lt}]',
  WHITE_SPACE: '\\p{White_Space}',
  WHITESPACE: '\\p{White_Space}',
  CONTROL: '\\p{Cc}',
  PUNCTUATION: '\\p{P}',
  ASSIGNED: '\\p{Assigned}',
  DIGIT: '\\p{Nd}',
  ALNUM: '\\p{Alphabetic}\\p{Nd}',
  BLANK: '\\p{Zs}\\t',
  WORD: '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}',
};
/** Sets of one case, and what they are where the case does not matter. */
const ANY_CASE: Readonly<Record<string, string>> = {
  'a-z': 'a-zA-Z',
  'A-Z': 'a-zA-Z',
  '\\p{Ll}': '\\p{LC}',
  '\\p{Lu}': '\\p{LC}',
  '\\p{Lt}': '\\p{LC}',
  '[\\p{Lt}]': '\\p{Lowercase}\\p{Uppercase}\\p{Lt}',
  '\\p{Lowercase}': '\\p{Lowercase}\\p{Uppercase}\\p{Lt}',
  '\\p{Uppercase}': '\\p{Lowercase}\\p{Uppercase}\\p{Lt}',
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
  const inside = namedSet(name);
  // Under `constructor` every table has something, which is no set.
  if (typeof inside !== 'string') throw scanner.error(`Unknown or unsupported character property {${name}}`, start);
  return anyCase ? (ANY_CASE[inside] ?? inside) : inside;
}

function namedSet(name: string): string | undefined {
  const [, key, value = ''] = /^(\w+)=(.*)$/.exec(name) ?? [];
  switch (key?.toLowerCase()) {
    case 'sc':
    case 'script':
      return script(value);
    case 'gc':
    case 'general_category':
      return category(value);
    case undefined:
      break;
    default:
      return undefined;
  }
  if (!name.startsWith('Is')) return category(name);
  const rest = name.slice(2);
  return BINARY[rest.toUpperCase()] ?? category(rest) ?? script(rest);
}

function category(name: string): string | undefined {
  const listed = POSIX[name] ?? JAVA[name] ?? MORE_CATEGORIES[name];
  return listed ?? (/^[A-Z][a-z]?$/.test(name) ? property(name) : undefined);
}

/** Its name, in any case, or its code of four letters. */
function script(name: string): string | undefined {
  const capitalized = name.toLowerCase().replace(/(?<![a-z])[a-z]/g, (letter) => letter.toUpperCase());
  return property(`Script=${capitalized}`);
}

function property(name: string): string | undefined {
  return isProperty(name) ? `\\p{${name}}` : undefined;
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
