import { jaasTokens, type JaasToken } from './jaas-tokens.js';

/** One login of a JAAS line or file. Keys and values as they stand there, without quotes and escapes. */
export interface JaasLogin {
  readonly module: string;
  readonly options: ReadonlyMap<string, string>;
}

const CONTROL_FLAGS = ['REQUIRED', 'REQUISITE', 'SUFFICIENT', 'OPTIONAL'];

/**
 * Reads `module flag key=value ...;`, once or several times, by the rules of Java: a value is a word or stands in double
 * or single quotes, where `\` makes an escape; one that begins with a digit needs quotes; comments as in Java.
 * Throws an Error with the reference's message, which never holds a value.
 */
export function parseJaas(text: string): JaasLogin[] {
  const tokens = jaasTokens(text);
  const logins: JaasLogin[] = [];
  while (tokens.length > 0) logins.push(readLogin(tokens));
  if (logins.length === 0) throw new Error('Login module not specified in JAAS config');
  return logins;
}

/** Takes one login, its semicolon included, off the front. */
export function readLogin(tokens: JaasToken[]): JaasLogin {
  const module = tokens.shift()?.text ?? '';
  const flag = tokens.shift();
  if (flag === undefined) throw new Error('Login module control flag not specified in JAAS config');
  if (flag.text === undefined) throw new Error('Login module control flag is not available in the JAAS config');
  if (!CONTROL_FLAGS.includes(flag.text.toUpperCase())) {
    throw new Error('Invalid login module control flag in JAAS config: allowed are ' + CONTROL_FLAGS.join(', '));
  }
  const options = new Map<string, string>();
  for (let key = tokens.shift(); key?.sign !== ';'; key = tokens.shift()) {
    if (key === undefined) throw new Error('JAAS config entry not terminated by semi-colon');
    const equals = tokens.shift();
    const value = equals?.sign === '=' ? tokens.shift()?.text : undefined;
    if (value === undefined) throw new Error(`Value not specified for key '${nameOf(key)}' in JAAS config`);
    options.set(key.text ?? '', value);
  }
  return { module, options };
}

/** Where quotes are wrong, a piece of a password can stand in a key's place. */
function nameOf(key: JaasToken): string {
  return ['username', 'password', 'file'].includes(key.text ?? '') ? String(key.text) : '[hidden]';
}
