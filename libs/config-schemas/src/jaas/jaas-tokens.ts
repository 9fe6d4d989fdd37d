/** A word or a quoted text, a sign such as `=` and `;`, or a number, which is neither. */
export interface JaasToken {
  readonly text: string | undefined;
  readonly sign: string | undefined;
}

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

/** By the rules of Java's tokenizer; in quotes `\` makes an escape. */
export function jaasTokens(text: string): JaasToken[] {
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
