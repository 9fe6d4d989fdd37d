/** The error for an expression that is wrong, in the form that Java's have: what, where, and the expression. */
export function patternError(problem: string, index: number, pattern: string): SyntaxError {
  return new SyntaxError(`${problem} near index ${index}\n${pattern}\n${' '.repeat(Math.max(0, index))}^`);
}

/** Walks over an expression by code points. */
export class Scanner {
  at = 0;

  constructor(readonly pattern: string) {}

  get done(): boolean {
    return this.at >= this.pattern.length;
  }

  startsWith(text: string): boolean {
    return this.pattern.startsWith(text, this.at);
  }

  /** Goes past `text` where it is next. */
  take(text: string): boolean {
    const is = this.startsWith(text);
    if (is) this.at += text.length;
    return is;
  }

  /** Goes past what `sticky` matches here; undefined where it does not. */
  match(sticky: RegExp): RegExpExecArray | undefined {
    sticky.lastIndex = this.at;
    const match = sticky.exec(this.pattern) ?? undefined;
    if (match !== undefined) this.at += match[0].length;
    return match;
  }

  /** The next character; an empty text at the end. */
  next(): string {
    const code = this.pattern.codePointAt(this.at);
    if (code === undefined) return '';
    const char = String.fromCodePoint(code);
    this.at += char.length;
    return char;
  }

  error(problem: string, index = this.at): SyntaxError {
    return patternError(problem, index, this.pattern);
  }
}
