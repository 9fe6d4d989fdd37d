/** One login of a JAAS line. Keys and values as they stand there, without quotes and escapes. */
export interface JaasLogin {
  readonly module: string;
  readonly options: ReadonlyMap<string, string>;
}

/** A word or a quoted text, one of the signs `=` and `;`, or something that can be neither. */
interface Token {
  readonly text: string | undefined;
  readonly sign: string | undefined;
}

const CONTROL_FLAGS = ['REQUIRED', 'REQUISITE', 'SUFFICIENT', 'OPTIONAL'];
const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Comments, then words, numbers, quoted texts and any other sign. A quoted text ends with its line at the latest. */
const TOKENS = new RegExp(
  [
    String.raw`(?<skipped>\s+|/\*[\s\S]*?(?:\*/|$)|/[^\n\r]*)`,
    String.raw`(?<word>[A-Za-z_$\u00a0-\u00ff][\w$.\u00a0-\u00ff-]*)`,
    String.raw`(?<number>-?[\d.]+)`,
    String.raw`"(?<double>(?:[^"\\\n\r]|\\[^\n\r])*)(?:"|(?=[\n\r])|$)`,
    String.raw`'(?<single>(?:[^'\\\n\r]|\\[^\n\r])*)(?:'|(?=[\n\r])|$)`,
    String.raw`(?<sign>[\s\S])`,
  ].join('|'),
  'gy',
);

/**
 * Reads `module flag key=value ...;`, once or several times, by the rules of Java: a value is a word or stands in double
 * or single quotes, where `\` makes an escape; one that begins with a digit needs quotes; comments as in Java.
 * Throws an Error with the reference's message, which never holds a value.
 */
export function parseJaas(text: string): JaasLogin[] {
  const tokens = tokensOf(text);
  const logins: JaasLogin[] = [];
  while (tokens.length > 0) logins.push(readLogin(tokens));
  if (logins.length === 0) throw new Error('Login module not specified in JAAS config');
  return logins;
}

function readLogin(tokens: Token[]): JaasLogin {
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
function nameOf(key: Token): string {
  return key.text === 'username' || key.text === 'password' ? key.text : '[hidden]';
}

function tokensOf(text: string): Token[] {
  return [...text.matchAll(TOKENS)].flatMap(({ groups = {} }) => {
    if (groups.skipped !== undefined) return [];
    const quoted = groups.double ?? groups.single;
    return [{ text: groups.word ?? (quoted === undefined ? undefined : unescape(quoted)), sign: groups.sign }];
  });
}

function unescape(quoted: string): string {
  return quoted.replace(/\\([0-3][0-7]{0,2}|[4-7][0-7]?|[\s\S])/g, (_escape, code: string) =>
    /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (ESCAPES[code] ?? code),
  );
}
