const DELIMITERS = ':,{}[]"';

/**
 * Cuts a text into delimiters (`: , { } [ ] "`, one character each unless a backslash stands before it) and what lies
 * between them. `accept` looks at the next token without consuming it if it is another one; blanks before it are skipped.
 */
export class Tokens {
  #at = 0;
  #peeked: string | undefined;

  constructor(readonly text: string) {}

  /** A place to come back to with {@link rewind}. */
  mark(): number {
    return this.#at - (this.#peeked?.length ?? 0);
  }

  rewind(mark: number): void {
    this.#at = mark;
    this.#peeked = undefined;
  }

  hasNext(): boolean {
    return this.#peeked !== undefined || this.#at < this.text.length;
  }

  /** The next token; the empty text at the end. */
  next(): string {
    const token = this.#peeked ?? this.#read();
    this.#peeked = undefined;
    return token;
  }

  /** The next `count` tokens as one text; undefined, and nothing is consumed, where there are fewer. */
  nextJoined(count: number): string | undefined {
    const start = this.mark();
    let joined = '';
    for (let index = 0; index < count; index++) {
      if (!this.hasNext()) {
        this.rewind(start);
        return undefined;
      }
      joined += this.next();
    }
    return joined;
  }

  /** Consumes the next token if it is this one, blanks around it aside. */
  accept(expected: string): boolean {
    if (!this.hasNext()) return false;
    this.#peeked ??= this.#read();
    while (trimmed(this.#peeked) === '' && this.#at < this.text.length) this.#peeked = this.#read();
    if (trimmed(this.#peeked) !== expected) return false;
    this.#peeked = undefined;
    return true;
  }

  #read(): string {
    const start = this.#at;
    let escaped = false;
    for (; this.#at < this.text.length; this.#at++) {
      const char = this.text.charAt(this.#at);
      if (char === '\\') {
        escaped = !escaped;
      } else if (DELIMITERS.includes(char) && !escaped) {
        if (start === this.#at) this.#at++;
        break;
      } else {
        escaped = false;
      }
    }
    return this.text.slice(start, this.#at);
  }
}

/** Without the blanks that Java's `trim` takes away: all characters up to the space. */
export function trimmed(text: string): string {
  return text.replace(/^[\0- ]+|[\0- ]+$/g, '');
}
