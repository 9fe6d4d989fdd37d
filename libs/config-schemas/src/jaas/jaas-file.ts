import { readLogin, type JaasLogin } from './jaas-line.js';
import { jaasTokens, type JaasToken } from './jaas-tokens.js';

/**
 * Reads a file as Java's login configuration has it: entries by name, each with its logins in order,
 * `KafkaConnect { module flag key=value ...; };`. Throws an Error that says what is wrong and never holds a value.
 */
export function parseJaasFile(text: string): ReadonlyMap<string, readonly JaasLogin[]> {
  const tokens = jaasTokens(text);
  const entries = new Map<string, readonly JaasLogin[]>();
  while (tokens.length > 0) {
    const name = tokens.shift();
    if (name?.text === undefined) throw new Error(`expected the name of an entry, found ${shown(name)}`);
    if (entries.has(name.text)) throw new Error(`entry ${name.text} is there twice`);
    entries.set(name.text, readEntry(tokens));
  }
  return entries;
}

function readEntry(tokens: JaasToken[]): JaasLogin[] {
  const logins: JaasLogin[] = [];
  take('{', tokens);
  while (tokens[0]?.sign !== '}') logins.push(readLogin(tokens));
  take('}', tokens);
  take(';', tokens);
  return logins;
}

function take(sign: string, tokens: JaasToken[]): void {
  const token = tokens.shift();
  if (token?.sign !== sign) throw new Error(`expected ${sign}, found ${shown(token)}`);
}

/** Never a text, which may be a secret: signs only. */
function shown(token: JaasToken | undefined): string {
  if (token === undefined) return 'the end of the file';
  return token.sign ?? 'a word';
}
