/** quote, backslash, control characters and surrogates */
const SPECIAL = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;
const SPECIALS = new RegExp(SPECIAL, 'g');
const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};
const cache = new Map<string, string>();
const CACHE_LIMIT = 5000;

/** A JSON string as the reference writes it: characters beyond U+FFFF as two escapes, hexadecimal digits in upper case. */
export function quote(text: string): string {
  if (!SPECIAL.test(text)) return `"${text}"`;
  return `"${text.replace(SPECIALS, escaped)}"`;
}

function escaped(char: string): string {
  return SHORT[char] ?? `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** {@link quote} for names of members, which repeat. */
export function quoteKey(key: string): string {
  let quoted = cache.get(key);
  if (quoted === undefined) {
    quoted = quote(key);
    if (cache.size >= CACHE_LIMIT) cache.clear();
    cache.set(key, quoted);
  }
  return quoted;
}
