import { ConfigError } from '@tributary/connect-api';

/** One line of an entry: `org.example.Module required file="/etc/users";`. */
export interface LoginModule {
  readonly className: string;
  readonly options: ReadonlyMap<string, string>;
}

const FLAGS = ['required', 'requisite', 'sufficient', 'optional'];

/** Blanks and comments, a quoted text, a sign, or a word; only the last three are tokens. */
const TOKEN =
  /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+|(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)')|([{};=])|([^\s{};="']+)/gy;

interface Token {
  readonly text: string;
  /** a sign of the format, which a quoted text never is */
  readonly sign: boolean;
}

/**
 * Reads a file as Java's login configuration has it: entries by name, each with its modules in order. Throws a
 * {@link ConfigError} that says what was expected and what was there.
 */
export function parseJaasFile(text: string): ReadonlyMap<string, readonly LoginModule[]> {
  const tokens = new Tokens(tokensOf(text));
  const entries = new Map<string, readonly LoginModule[]>();
  while (!tokens.atEnd()) {
    const name = tokens.word('the name of an entry');
    tokens.sign('{');
    const modules: LoginModule[] = [];
    while (!tokens.taken('}')) modules.push(moduleFrom(tokens));
    tokens.sign(';');
    if (entries.has(name)) throw new ConfigError(`entry ${name} is there twice`);
    entries.set(name, modules);
  }
  return entries;
}

function moduleFrom(tokens: Tokens): LoginModule {
  const className = tokens.word('the class of a login module');
  const flag = tokens.word(`a flag after ${className}`);
  if (!FLAGS.includes(flag.toLowerCase())) {
    throw new ConfigError(`flag ${flag} of ${className} must be one of: ${FLAGS.join(', ')}`);
  }
  const options = new Map<string, string>();
  while (!tokens.taken(';')) {
    const name = tokens.word(`an option of ${className}, or ;`);
    tokens.sign('=');
    options.set(name, tokens.word(`the value of option ${name}`));
  }
  return { className, options };
}

class Tokens {
  private at = 0;

  constructor(private readonly all: readonly Token[]) {}

  atEnd(): boolean {
    return this.at === this.all.length;
  }

  word(what: string): string {
    const token = this.all[this.at];
    if (token === undefined || token.sign) throw new ConfigError(`expected ${what}, found ${this.shown()}`);
    this.at++;
    return token.text;
  }

  sign(sign: string): void {
    if (!this.taken(sign)) throw new ConfigError(`expected ${sign}, found ${this.shown()}`);
  }

  taken(sign: string): boolean {
    const token = this.all[this.at];
    if (token?.sign !== true || token.text !== sign) return false;
    this.at++;
    return true;
  }

  /** Never a text that may be a secret: signs only. */
  private shown(): string {
    const token = this.all[this.at];
    if (token === undefined) return 'the end of the file';
    return token.sign ? token.text : 'a word';
  }
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, double, single, sign, word] = match;
    end = match.index + whole.length;
    const quoted = double ?? single;
    if (sign !== undefined) tokens.push({ text: sign, sign: true });
    else if (quoted !== undefined) tokens.push({ text: quoted.replace(/\\(.)/g, '$1'), sign: false });
    else if (word !== undefined) tokens.push({ text: word, sign: false });
  }
  if (end < text.length) throw new ConfigError('a quote is not closed');
  return tokens;
}
