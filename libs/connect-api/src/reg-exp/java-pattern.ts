import { ConnectError } from '../errors.js';
import { patternError } from './scanner.js';
import { translated } from './translate.js';

/** Thrown when a replacement is wrong, or names a group that its expression does not have. */
export class ReplacementError extends ConnectError {
  constructor(
    message: string,
    override readonly referenceClass: string,
  ) {
    super(message);
  }
}

const ILLEGAL_ARGUMENT = 'java.lang.IllegalArgumentException';
const OUT_OF_BOUNDS = 'java.lang.IndexOutOfBoundsException';

/** A regular expression of Java's with what its matchers do. The constructor throws a SyntaxError. */
export class JavaPattern {
  readonly #whole: RegExp;
  readonly #part: RegExp;
  readonly #groupCount: number;
  readonly #names: ReadonlyMap<string, number>;
  readonly #unreliable: ReadonlySet<number>;

  constructor(readonly pattern: string) {
    const { source, groupCount, names, unreliable } = translated(pattern);
    this.#whole = new RegExp(`^(?:${source})$`, 'v');
    this.#part = new RegExp(source, 'v');
    this.#groupCount = groupCount;
    this.#names = names;
    this.#unreliable = unreliable;
  }

  /** Whether it matches all of the text. */
  matches(text: string): boolean {
    return this.#whole.test(text);
  }

  /**
   * The text with its first match replaced, which need not be the longest. In the replacement `$1` and `${name}` stand for
   * groups, and a backslash takes the next character as it is. Throws a {@link ReplacementError}.
   */
  replaceFirst(text: string, replacement: string): string {
    const match = this.#part.exec(text);
    if (match === null) return text;
    const group = (number: number): string => (number === 0 ? match[0] : (match.groups?.[`g${number}`] ?? ''));
    const replaced = this.#parts(replacement).map((each) => (typeof each === 'string' ? each : group(each)));
    return text.slice(0, match.index) + replaced.join('') + text.slice(match.index + match[0].length);
  }

  /** Throws a SyntaxError where a replacement uses a group of which JavaScript may remember something else than Java. */
  checkReplacement(replacement: string): void {
    let parts: readonly (string | number)[];
    try {
      parts = this.#parts(replacement);
    } catch {
      return; // Wrong in Java too: fails when it is used.
    }
    const wrong = parts.find((each) => typeof each === 'number' && this.#unreliable.has(each));
    if (wrong === undefined) return;
    throw patternError(
      `Group ${wrong} is not supported in a replacement, as rounds of a loop can leave it out`,
      0,
      this.pattern,
    );
  }

  /** Texts, and numbers of groups. */
  #parts(replacement: string): (string | number)[] {
    const parts: (string | number)[] = [];
    for (let at = 0; at < replacement.length;) {
      const char = replacement.charAt(at);
      if (char === '\\') {
        if (at + 1 === replacement.length) throw illegal('character to be escaped is missing');
        parts.push(replacement.charAt(at + 1));
        at += 2;
      } else if (char === '$') {
        const { group, end } = this.#reference(replacement, at + 1);
        parts.push(group);
        at = end;
      } else {
        parts.push(char);
        at++;
      }
    }
    return parts;
  }

  #reference(replacement: string, start: number): { group: number; end: number } {
    const rest = replacement.slice(start);
    if (rest === '') throw illegal('Illegal group reference: group index is missing');
    if (rest.startsWith('{')) return this.#named(rest, start);
    if (!/^\d/.test(rest)) throw illegal('Illegal group reference');
    let group = Number(rest.charAt(0));
    if (group > this.#groupCount) throw new ReplacementError(`No group ${group}`, OUT_OF_BOUNDS);
    let length = 1;
    for (; /\d/.test(rest.charAt(length)); length++) {
      const longer = group * 10 + Number(rest.charAt(length));
      if (longer > this.#groupCount) break;
      group = longer;
    }
    return { group, end: start + length };
  }

  #named(rest: string, start: number): { group: number; end: number } {
    const [all = '', name = ''] = /^\{([a-zA-Z0-9]*)/.exec(rest) ?? [];
    if (name === '') throw illegal('named capturing group has 0 length name');
    if (!rest.startsWith('}', all.length)) throw illegal("named capturing group is missing trailing '}'");
    if (/^\d/.test(name)) throw illegal(`capturing group name {${name}} starts with digit character`);
    const group = this.#names.get(name);
    if (group === undefined) throw illegal(`No group with name {${name}}`);
    return { group, end: start + all.length + 1 };
  }
}

function illegal(message: string): ReplacementError {
  return new ReplacementError(message, ILLEGAL_ARGUMENT);
}
