import { escapedCharacter, escapedSet, literal, otherCase, range } from './characters.js';
import type { Scanner } from './scanner.js';

/**
 * Reads a class after its opening bracket: characters, ranges, sets, nested classes, `&&` between what it must be both.
 * Gives the class as JavaScript with the flag `v` writes it.
 */
export function characterClass(scanner: Scanner, anyCase: boolean): string {
  const start = scanner.at - 1;
  const negated = scanner.take('^');
  const operands: string[] = [];
  let items = '';
  let nested = false;
  for (let first = true; ; first = false) {
    if (scanner.done) throw scanner.error('Unclosed character class', scanner.pattern.length - 1);
    if (!first && scanner.take(']')) break;
    if (scanner.take('&&')) {
      if (items === '') throw scanner.error('A class with nothing on one side of && is not supported', start);
      operands.push(items);
      items = '';
      continue;
    }
    if (scanner.take('[')) {
      nested = true;
      items += characterClass(scanner, anyCase);
    } else {
      items += item(scanner, anyCase);
    }
  }
  if (nested && negated) throw scanner.error('A class inside a negated class is not supported', start);
  if (operands.length === 0) return `[${negated ? '^' : ''}${items}]`;
  if (items === '') throw scanner.error('A class with nothing on one side of && is not supported', start);
  return `[${negated ? '^' : ''}${[...operands, items].map((each) => `[${each}]`).join('&&')}]`;
}

/** One character, a range, a set, or quoted text. */
function item(scanner: Scanner, anyCase: boolean): string {
  if (scanner.take('\\Q')) {
    const [all = '', quoted = ''] = scanner.match(/([\s\S]*?)(?:\\E|$)/y) ?? [];
    return all === '' ? '' : [...quoted].map((char) => literal(char) + withOther(char, anyCase)).join('');
  }
  if (scanner.startsWith('\\')) {
    scanner.at++;
    const set = escapedSet(scanner, anyCase);
    if (set !== undefined) return set;
    scanner.at--;
  }
  const from = character(scanner);
  const isRange = scanner.startsWith('-') && !/^-(\]|\[|$)/.test(scanner.pattern.slice(scanner.at, scanner.at + 2));
  if (!isRange) return literal(from) + withOther(from, anyCase);
  scanner.at++;
  const to = character(scanner);
  if ((to.codePointAt(0) ?? 0) < (from.codePointAt(0) ?? 0))
    throw scanner.error('Illegal character range', scanner.at - 1);
  return range(from, to, anyCase);
}

function character(scanner: Scanner): string {
  return scanner.take('\\') ? escapedCharacter(scanner) : scanner.next();
}

function withOther(char: string, anyCase: boolean): string {
  return anyCase ? otherCase(char) : '';
}
