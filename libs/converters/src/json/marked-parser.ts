import { isIndexKey } from '@tributary/connect-api';
import { JsonNumber, type JsonTree } from './json-tree.js';

/** Numbers of which `JSON.parse` would lose something: long ones, and all with a point or an exponent. */
const NUMBERS = /(?<=[:,[\s])-?(?:\d{16,}|\d+(?=[.eE]))(?:\.\d+)?(?:[eE][-+]?\d+)?(?=[,\]}\s])/g;
const MARK = '\\u0000';

/**
 * Parses exactly, yet with `JSON.parse`: such numbers are first made strings that begin with a mark, and numbers again
 * afterwards. A number inside a string would be marked too, but then the quotes make the text invalid. Undefined where this
 * does not work out: for invalid texts, for those that have the mark themselves or keys whose order JavaScript changes,
 * and for single values. `refused`: `JSON.parse` threw at the text as it is.
 */
export function parseMarked(text: string, refused: boolean): JsonTree {
  const first = text[0];
  if ((first !== '{' && first !== '[') || text.includes(MARK)) return undefined;
  const marked = text.replace(NUMBERS, `"${MARK}$&"`);
  if (refused && marked === text) return undefined;
  try {
    return restored(JSON.parse(marked) as JsonTree);
  } catch (error) {
    if (error === KEYS_OUT_OF_ORDER || error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

const KEYS_OUT_OF_ORDER = Symbol('keys out of order');

function restored(tree: JsonTree): JsonTree {
  if (typeof tree === 'string') return tree.charCodeAt(0) === 0 ? numberOf(tree.slice(1)) : tree;
  if (typeof tree !== 'object' || tree === null || tree instanceof JsonNumber) return tree;
  if (Array.isArray(tree)) {
    for (let index = 0; index < tree.length; index++) tree[index] = restored(tree[index]);
    return tree;
  }
  const keys = Object.keys(tree);
  if (keys.length > 1 && isIndexKey(keys[0] ?? '')) throw KEYS_OUT_OF_ORDER;
  for (const key of keys) {
    const member = tree[key];
    const value = restored(member);
    if (value !== member) tree[key] = value;
  }
  return tree;
}

const MAX_DIGITS = 1000;
const EXPONENT = /[eE]([-+]?\d+)$/;
const INT32 = 2 ** 31;

/**
 * An integer as number or bigint; a {@link JsonNumber} where it has a fraction or an exponent. Throws a SyntaxError for
 * numbers that are too long, or whose exponent is too large, for the reference's parser.
 */
export function numberOf(text: string): number | bigint | JsonNumber {
  if (text.length > MAX_DIGITS && text.replace(/\D/g, '').length > MAX_DIGITS) {
    throw new SyntaxError(`Invalid JSON: a number of more than ${MAX_DIGITS} digits`);
  }
  if (/[.eE]/.test(text)) {
    const exponent = Number(EXPONENT.exec(text)?.[1] ?? 0);
    const fraction = /\.(\d*)/.exec(text)?.[1]?.length ?? 0;
    if (!isInt32(exponent) || !isInt32(fraction - exponent))
      throw new SyntaxError(`Invalid JSON: exponent ${exponent}`);
    return new JsonNumber(text);
  }
  const number = Number(text);
  if (Number.isSafeInteger(number)) return number + 0;
  return text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text);
}

function isInt32(number: number): boolean {
  return number >= -INT32 && number < INT32;
}
