import { Decimal } from '@tributary/connect-api';

/** A number that is not written as an integer, as its text: what it means depends on the schema. */
export class JsonNumber {
  constructor(readonly text: string) {}
}

/**
 * Parsed JSON. `undefined` is nothing at all (no text, or no such member). Integers are numbers while safe, bigints beyond.
 * A number with a fraction or an exponent may be a {@link JsonNumber}, or a plain number where nothing depends on its text.
 */
export type JsonTree = undefined | null | boolean | string | number | bigint | JsonNumber | JsonTree[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonTree;
}

/** The kinds of JSON values, as error messages call them. */
export type JsonKind = 'MISSING' | 'NULL' | 'BOOLEAN' | 'STRING' | 'NUMBER' | 'ARRAY' | 'OBJECT';

export function kindOf(tree: JsonTree): JsonKind {
  switch (typeof tree) {
    case 'undefined':
      return 'MISSING';
    case 'boolean':
      return 'BOOLEAN';
    case 'string':
      return 'STRING';
    case 'number':
    case 'bigint':
      return 'NUMBER';
    default:
      if (tree === null) return 'NULL';
      if (tree instanceof JsonNumber) return 'NUMBER';
      return Array.isArray(tree) ? 'ARRAY' : 'OBJECT';
  }
}

export function isJsonObject(tree: JsonTree): tree is JsonObject {
  return typeof tree === 'object' && tree !== null && !Array.isArray(tree) && !(tree instanceof JsonNumber);
}

/** Whether it is written without fraction and exponent. A plain number that came from such a text counts as one if it is integral. */
export function isIntegral(tree: JsonTree): tree is number | bigint {
  return typeof tree === 'bigint' || (typeof tree === 'number' && Number.isInteger(tree));
}

/** The nearest double; 0 for what is no number. There is no negative zero, as in Java's BigDecimal. */
export function doubleOf(tree: JsonTree): number {
  if (typeof tree === 'number') return tree + 0;
  if (typeof tree === 'bigint') return Number(tree);
  return tree instanceof JsonNumber ? Number(tree.text) + 0 : 0;
}

/** The lowest `bits` bits of the integral part, as Java narrows numbers; 0 for what is no number. */
export function integerOf(tree: JsonTree, bits: number): bigint {
  if (typeof tree === 'bigint') return BigInt.asIntN(bits, tree);
  if (tree instanceof JsonNumber) return BigInt.asIntN(bits, Decimal.fromString(tree.text).toInt64());
  const number = doubleOf(tree);
  return Number.isFinite(number) ? BigInt.asIntN(bits, BigInt(Math.trunc(number))) : 0n;
}
