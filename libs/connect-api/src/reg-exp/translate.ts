import { characterClass } from './character-class.js';
import { LINE_ENDS, escapedCharacter, escapedSet, literal, otherCase } from './characters.js';
import { alternatives, plain, sequence, type Node } from './node.js';
import { Scanner } from './scanner.js';

/** A Java expression as JavaScript reads it with the flag `v`. */
export interface Translation {
  readonly source: string;
  /** how many groups there are; in JavaScript group 1 is called `g1` */
  readonly groupCount: number;
  /** numbers of the groups that have a name */
  readonly names: ReadonlyMap<string, number>;
  /** groups that the two engines may remember differently: those that one round of a loop can leave out */
  readonly unreliable: ReadonlySet<number>;
}

interface Flags {
  readonly anyCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly unixLines: boolean;
}

const START = '(?<![\\s\\S])';
const END = '(?![\\s\\S])';
const QUANTIFIER = /([*+?]|\{(\d+)(?:(,)(\d*))?\})([?+]?)/y;
const REPETITION = /^\{\d/;
const MAX_REPETITION = 2 ** 31 - 1;
const GROUP_NAME = /([a-zA-Z][a-zA-Z0-9]*)>/y;
const FLAG_LETTERS = /([a-zA-Z]*)(?:-([a-zA-Z]*))?([:)])/y;

/** Translates; throws a SyntaxError for an expression that is wrong or has no exact counterpart. */
export function translated(pattern: string): Translation {
  return new Translator(pattern).translate();
}

class Translator {
  readonly #scanner: Scanner;
  readonly #names = new Map<string, number>();
  readonly #unreliable = new Set<number>();
  #groupCount = 0;
  #possessiveCount = 0;
  /** groups that have matched for sure where the scanner is */
  #certain: ReadonlySet<number> = new Set();
  /** how many look-behinds are open */
  #behind = 0;

  constructor(pattern: string) {
    this.#scanner = new Scanner(pattern);
  }

  translate(): Translation {
    const { source } = this.#alternatives({ anyCase: false, multiline: false, dotAll: false, unixLines: false });
    if (!this.#scanner.done) throw this.#scanner.error("Unmatched closing ')'", this.#scanner.at - 1);
    return { source, groupCount: this.#groupCount, names: this.#names, unreliable: this.#unreliable };
  }

  #alternatives(given: Flags): Node {
    const branches: Node[] = [];
    let nodes: Node[] = [];
    let flags = given;
    const certain = this.#certain;
    while (!this.#scanner.done && !this.#scanner.startsWith(')')) {
      if (this.#scanner.take('|')) {
        branches.push(sequence(nodes));
        nodes = [];
        this.#certain = certain;
        continue;
      }
      const changed = this.#flagChange(flags);
      if (changed === undefined) {
        const node = this.#quantified(flags);
        nodes.push(node);
        this.#certain = new Set([...this.#certain, ...node.groups.filter((each) => !node.conditional.includes(each))]);
      } else {
        flags = changed;
      }
    }
    this.#certain = certain;
    return alternatives([...branches, sequence(nodes)]);
  }

  /** `(?i)`: holds to the end of the group around it. */
  #flagChange(flags: Flags): Flags | undefined {
    const match = this.#scanner.match(/\(\?([a-zA-Z]*)(?:-([a-zA-Z]*))?\)/y);
    return match === undefined ? undefined : this.#withFlags(flags, match[1] ?? '', match[2] ?? '');
  }

  #withFlags(flags: Flags, on: string, off: string): Flags {
    const unsupported = /[^imsdu]/.exec(on + off)?.[0];
    if (on.includes('u') && /[^\0-\x7F]/.test(this.#scanner.pattern)) {
      throw this.#scanner.error('The flag u is not supported beside characters that are not ASCII');
    }
    if (unsupported !== undefined) throw this.#scanner.error(`The flag ${unsupported} is unknown or not supported`);
    const value = (letter: string, before: boolean) =>
      off.includes(letter) ? false : on.includes(letter) ? true : before;
    return {
      anyCase: value('i', flags.anyCase),
      multiline: value('m', flags.multiline),
      dotAll: value('s', flags.dotAll),
      unixLines: value('d', flags.unixLines),
    };
  }

  #quantified(flags: Flags): Node {
    const start = this.#scanner.at;
    return this.#repeated(this.#atom(flags), start);
  }

  #repeated(node: Node, start: number): Node {
    const match = this.#scanner.match(QUANTIFIER);
    if (match === undefined) {
      if (this.#scanner.startsWith('{')) throw this.#scanner.error('Illegal repetition');
      return node;
    }
    const [, sign = '', min, comma, max, mode = ''] = match;
    const most = max === undefined || max === '' ? Number(min) : Number(max);
    if (most < Number(min) || most > MAX_REPETITION) {
      throw this.#scanner.error('Illegal repetition range', start);
    }
    const least = min === undefined ? (sign === '+' ? 1 : 0) : Number(min);
    const once =
      sign === '?' || (min !== undefined && (comma === undefined ? least <= 1 : max !== '' && Number(max) <= 1));
    if (!once) {
      for (const group of node.empty ? node.groups : node.conditional) this.#unreliable.add(group);
    }
    const repeated: Node = {
      source: `(?:${node.source})${sign}${mode === '+' ? '' : mode}`,
      empty: node.empty || least === 0,
      groups: node.groups,
      conditional: least === 0 ? node.groups : node.conditional,
    };
    return mode === '+' ? this.#atomic(repeated) : repeated;
  }

  /** A part that gives nothing back: looked at ahead, kept in a group of its own, and then taken as that group has it. */
  #atomic(node: Node): Node {
    if (this.#behind > 0) throw this.#scanner.error('Possessive parts of a look-behind are not supported');
    const name = `p${++this.#possessiveCount}`;
    return { ...node, source: `(?:(?=(?<${name}>${node.source}))\\k<${name}>)` };
  }

  #atom(flags: Flags): Node {
    const scanner = this.#scanner;
    if (scanner.take('(')) return this.#group(flags);
    if (scanner.take('[')) return plain(characterClass(scanner, flags.anyCase));
    if (scanner.take('\\')) return this.#escaped(flags);
    const char = scanner.next();
    switch (char) {
      case '.':
        return plain(flags.dotAll ? '[\\s\\S]' : flags.unixLines ? '[^\\n]' : `[^${LINE_ENDS}]`);
      case '^':
        return plain(this.#lineStart(flags), true);
      case '$':
        return plain(this.#lineEnd(flags), true);
      case '*':
      case '+':
      case '?':
        throw scanner.error(`Dangling meta character '${char}'`, scanner.at - 1);
      case '{':
        scanner.at--;
        // After another repetition it repeats nothing.
        if (REPETITION.test(scanner.pattern.slice(scanner.at))) return plain('', true);
        throw scanner.error('Illegal repetition');
      default:
        return plain(character(char, flags));
    }
  }

  #lineStart({ multiline, unixLines }: Flags): string {
    if (!multiline) return START;
    const after = unixLines ? '(?<=\\n)' : '(?<=[\\n\\u0085\\u2028\\u2029]|\\r(?!\\n))';
    return `(?:${START}|${after})(?=[\\s\\S])`;
  }

  /** Before the end of the text or of its last line. */
  #lineEnd({ multiline, unixLines }: Flags): string {
    const lineEnd = unixLines ? '\\n' : `(?:\\r\\n|(?<!\\r)\\n|[\\r\\u0085\\u2028\\u2029])`;
    return multiline ? `(?=${lineEnd}|${END})` : `(?=${lineEnd}?${END})${unixLines ? '' : '(?<!\\r(?=\\n))'}`;
  }

  #escaped(flags: Flags): Node {
    const scanner = this.#scanner;
    if (scanner.take('Q')) {
      const [, quoted = ''] = scanner.match(/([\s\S]*?)(?:\\E|$)/y) ?? [];
      return this.#quoted(quoted, flags);
    }
    const reference = scanner.match(/[1-9]|k<[^>]*>?/y)?.[0];
    if (reference !== undefined) return this.#backReference(reference, flags);
    if (scanner.take('A') || scanner.take('G')) return plain(START, true);
    if (scanner.take('z')) return plain(END, true);
    if (scanner.take('Z')) return plain(this.#lineEnd({ ...flags, multiline: false }), true);
    if (scanner.take('R')) return plain('(?:\\r\\n|[\\n\\x0B\\f\\r\\x85\\u2028\\u2029])');
    const boundary = scanner.match(/[bB](?!\{g)/y)?.[0];
    if (boundary !== undefined) return plain(`\\${boundary}`, true);
    const set = escapedSet(scanner, flags.anyCase);
    return plain(set === undefined ? character(escapedCharacter(scanner), flags) : `[${set}]`);
  }

  /** A quantifier after quoted text is for its last character. */
  #quoted(text: string, flags: Flags): Node {
    const chars = [...text];
    const last = chars.at(-1);
    const all = chars.map((char) => character(char, flags));
    if (last === undefined) return plain('', true);
    const end = this.#repeated(plain(all.at(-1) ?? ''), this.#scanner.at);
    return chars.length === 1 ? end : { ...end, source: all.slice(0, -1).join('') + end.source, empty: false };
  }

  #backReference(reference: string, { anyCase }: Flags): Node {
    const name = /^k<(.*)>$/.exec(reference)?.[1];
    const group = name === undefined ? this.#groupNumber(reference) : this.#names.get(name);
    if (group === undefined || group > this.#groupCount) {
      throw this.#scanner.error(`There is no group for the reference \\${reference}`);
    }
    if (anyCase) throw this.#scanner.error('References to groups are not supported where the case does not matter');
    // In Java such a reference fails, in JavaScript it matches nothing.
    if (!this.#certain.has(group)) {
      throw this.#scanner.error('References to groups that may not have matched are not supported');
    }
    return plain(`\\k<g${group}>`, true);
  }

  /** As many digits as there is a group for. */
  #groupNumber(first: string): number {
    let number = Number(first);
    for (;;) {
      const digit = /^\d/.exec(this.#scanner.pattern.slice(this.#scanner.at))?.[0];
      if (digit === undefined || number * 10 + Number(digit) > this.#groupCount) return number;
      number = number * 10 + Number(digit);
      this.#scanner.at++;
    }
  }

  #group(flags: Flags): Node {
    const scanner = this.#scanner;
    const start = scanner.at - 1;
    if (!scanner.take('?')) return this.#captured(flags, undefined, start);
    if (scanner.take('<=')) return this.#look('(?<=', flags, start, true);
    if (scanner.take('<!')) return this.#look('(?<!', flags, start, true);
    if (scanner.take('=')) return this.#look('(?=', flags, start, false);
    if (scanner.take('!')) return this.#look('(?!', flags, start, false);
    if (scanner.take('>')) return this.#atomic(this.#closed(this.#alternatives(flags), start));
    if (scanner.take('<')) {
      const name = scanner.match(GROUP_NAME)?.[1];
      if (name === undefined) throw scanner.error('The name of a capturing group is wrong');
      if (this.#names.has(name)) throw scanner.error(`Named capturing group <${name}> is already defined`);
      return this.#captured(flags, name, start);
    }
    const [, on, off, end] = scanner.match(FLAG_LETTERS) ?? [];
    if (end !== ':') throw scanner.error('Unknown inline modifier');
    const inner = this.#closed(this.#alternatives(this.#withFlags(flags, on ?? '', off ?? '')), start);
    return { ...inner, source: `(?:${inner.source})` };
  }

  #captured(flags: Flags, name: string | undefined, start: number): Node {
    const group = ++this.#groupCount;
    if (name !== undefined) this.#names.set(name, group);
    if (this.#behind > 0) this.#unreliable.add(group);
    const inner = this.#closed(this.#alternatives(flags), start);
    return { ...inner, source: `(?<g${group}>${inner.source})`, groups: [group, ...inner.groups] };
  }

  #look(open: string, flags: Flags, start: number, behind: boolean): Node {
    if (behind) this.#behind++;
    const inner = this.#closed(this.#alternatives(flags), start);
    if (behind) this.#behind--;
    // In a group, so that it may be repeated.
    return { ...inner, source: `(?:${open}${inner.source}))`, empty: true };
  }

  #closed(node: Node, start: number): Node {
    if (!this.#scanner.take(')'))
      throw this.#scanner.error('Unclosed group', Math.max(start, this.#scanner.pattern.length));
    return node;
  }
}

function character(char: string, { anyCase }: Flags): string {
  const other = anyCase ? otherCase(char) : '';
  return other === '' ? literal(char) : `[${char}${other}]`;
}
