import { IllegalArgumentError } from '../record/java-errors.js';

/** The letters of SimpleDateFormat. */
export type DateLetter =
  | 'G' | 'y' | 'Y' | 'M' | 'L' | 'w' | 'W' | 'D' | 'd' | 'F' | 'E' | 'u'
  | 'a' | 'H' | 'k' | 'K' | 'h' | 'm' | 's' | 'S' | 'z' | 'Z' | 'X'; // prettier-ignore

/** A run of one letter, or text that stands for itself. */
export type PatternItem =
  | { readonly kind: 'letter'; readonly letter: DateLetter; readonly count: number }
  | { readonly kind: 'text'; readonly text: string };

const LETTERS = 'GyYMLwWDdFEuaHkKhmsSzZX';

/**
 * Reads a pattern as SimpleDateFormat does: runs of letters, text in single quotes, `''` for a quote. Throws an
 * {@link IllegalArgumentError} for a pattern that SimpleDateFormat refuses.
 */
export function parseDatePattern(pattern: string): PatternItem[] {
  const items: PatternItem[] = [];
  let text = '';
  const endText = (): void => {
    if (text !== '') items.push({ kind: 'text', text });
    text = '';
  };
  for (let at = 0; at < pattern.length;) {
    const char = pattern.charAt(at);
    if (char === "'") {
      const quoted = quotedText(pattern, at);
      text += quoted.text;
      at = quoted.end;
    } else if (/[a-zA-Z]/.test(char)) {
      if (!isDateLetter(char)) throw new IllegalArgumentError(`Illegal pattern character '${char}'`);
      let end = at + 1;
      while (pattern.charAt(end) === char) end++;
      if (char === 'X' && end - at > 3) throw new IllegalArgumentError(`invalid ISO 8601 format: length=${end - at}`);
      endText();
      items.push({ kind: 'letter', letter: char, count: end - at });
      at = end;
    } else {
      text += char;
      at++;
    }
  }
  endText();
  return items;
}

function quotedText(pattern: string, start: number): { text: string; end: number } {
  if (pattern.charAt(start + 1) === "'") return { text: "'", end: start + 2 };
  let text = '';
  for (let at = start + 1; at < pattern.length; at++) {
    if (pattern.charAt(at) !== "'") {
      text += pattern.charAt(at);
    } else if (pattern.charAt(at + 1) === "'") {
      text += "'";
      at++;
    } else {
      return { text, end: at + 1 };
    }
  }
  throw new IllegalArgumentError('Unterminated quote');
}

function isDateLetter(char: string): char is DateLetter {
  return LETTERS.includes(char);
}
