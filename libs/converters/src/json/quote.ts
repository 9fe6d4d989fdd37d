/** quote, backslash, control characters and surrogates */
const SPECIAL = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;
const cache = new Map<string, string>();
const CACHE_LIMIT = 5000;

/** A JSON string. Differs from `JSON.stringify` in the case of hexadecimal escapes only. */
export function quote(text: string): string {
  if (!SPECIAL.test(text)) return `"${text}"`;
  const quoted = JSON.stringify(text);
  return quoted.includes('\\u00') ? quoted.replace(/(\\\\)|\\u00([01])([a-f])/g, upper) : quoted;
}

function upper(_match: string, backslashes: string | undefined, high: string, low: string): string {
  return backslashes ?? `\\u00${high}${low.toUpperCase()}`;
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
