import { translated } from './translate.js';

/**
 * A regular expression as users of the reference write it, who write Java's. With `whole` it must match all of a text.
 * Throws a SyntaxError for one that is wrong, and for the few that JavaScript cannot follow exactly.
 */
export function javaRegExp(pattern: string, options: { readonly whole?: boolean } = {}): RegExp {
  const { source } = translated(pattern);
  return new RegExp(options.whole === true ? `^(?:${source})$` : source, 'v');
}
