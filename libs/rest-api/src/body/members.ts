import { RestError } from '../errors/rest-error.js';
import { isObject, NumberText, typeName, type JsonNode } from './parse-json.js';

/** Members of an object in a body, for bodies that know all of theirs; 400 with what is wrong and what is allowed. */

/** The object's members, none of which is unknown. */
export function members(node: JsonNode, what: string, known: readonly string[]): { readonly [key: string]: JsonNode } {
  if (!isObject(node)) throw new RestError(400, `${capitalized(what)} must be a JSON object, but is ${typeName(node)}`);
  const unknown = Object.keys(node).find((key) => !known.includes(key));
  if (unknown === undefined) return node;
  throw new RestError(400, `Unrecognized field "${unknown}"; the known fields of ${what} are ${known.join(', ')}`);
}

/** undefined where it is null or left out. */
export function optionalText(node: JsonNode | undefined, what: string): string | undefined {
  if (node === undefined || node === null) return undefined;
  if (typeof node === 'string') return node;
  throw new RestError(400, `'${what}' must be a string, but is ${typeName(node)}`);
}

/** The same for a whole number from `min` on that a double holds exactly. */
export function optionalInteger(node: JsonNode | undefined, what: string, min = 0): number | undefined {
  if (node === undefined || node === null) return undefined;
  const value = node instanceof NumberText && /^\d+$/.test(node.text) ? Number(node.text) : Number.NaN;
  if (value >= min && Number.isSafeInteger(value)) return value;
  const given = node instanceof NumberText ? node.text : typeName(node);
  throw new RestError(
    400,
    `'${what}' must be a whole number from ${min} to ${Number.MAX_SAFE_INTEGER}, but is ${given}`,
  );
}

/** The same for an array. */
export function optionalList(node: JsonNode | undefined, what: string): readonly JsonNode[] | undefined {
  if (node === undefined || node === null) return undefined;
  if (Array.isArray(node)) return node;
  throw new RestError(400, `'${what}' must be an array, but is ${typeName(node)}`);
}

const capitalized = (text: string) => text.replace(/^the /, 'The ');
