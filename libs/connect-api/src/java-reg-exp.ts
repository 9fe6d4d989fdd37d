/** Inline flags of Java that JavaScript has as flags of the whole expression. */
const FLAGS: Readonly<Record<string, string>> = { i: 'i', m: 'm', s: 's', u: '' };

/** POSIX classes of Java, ASCII only as there; those that JavaScript's `u` mode would write otherwise. */
const POSIX: Readonly<Record<string, string>> = {
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: 'a-zA-Z0-9',
  Lower: 'a-z',
  Upper: 'A-Z',
  Punct: '!-\\/:-@\\[-`{-~',
  Space: ' \\t\\n\\x0B\\f\\r',
  XDigit: '0-9a-fA-F',
  Blank: ' \\t',
};

/**
 * A regular expression as users of the reference write it, who write Java's: flags in front like `(?i)`, quotes `\Q...\E`,
 * and classes like `\p{Alpha}` are understood; possessive quantifiers are not. With `whole` it must match all of a text.
 * Throws a SyntaxError.
 */
export function javaRegExp(pattern: string, options: { readonly whole?: boolean } = {}): RegExp {
  const [front, letters = ''] = /^\(\?([imsu]+)\)/.exec(pattern) ?? [''];
  const flags = [...new Set(letters)].map((letter) => FLAGS[letter] ?? '').join('');
  const body = pattern.slice(front.length).replace(/\\Q(.*?)(?:\\E|$)|\\[\s\S]|\[[^\]]*/g, translated);
  const source = body.replace(/\\p\{(\w+)\}/g, (all, name: string) => (name in POSIX ? `[${POSIX[name]}]` : all));
  return new RegExp(options.whole === true ? `^(?:${source})$` : source, flags);
}

/** Quoted text is escaped; inside brackets a class is written without brackets of its own. */
function translated(part: string, quoted: string | undefined): string {
  if (quoted !== undefined) return quoted.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  if (!part.startsWith('[')) return part;
  return part.replace(/\\p\{(\w+)\}/g, (all, name: string) => POSIX[name] ?? all);
}
