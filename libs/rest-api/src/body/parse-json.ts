import { parse } from 'lossless-json';
import { RestError } from '../errors/rest-error.js';

/** JSON as a request carries it; numbers stay the text that was sent. */
export type JsonNode = null | boolean | string | NumberText | JsonNode[] | { [key: string]: JsonNode };

/** A number exactly as it was written. */
export class NumberText {
  constructor(readonly text: string) {}
  toString(): string {
    return this.text;
  }
}

/** Reads a body; 400 where it is not JSON. A byte order mark is tolerated, the last of duplicate keys wins. */
export function parseJson(text: string): JsonNode {
  refusePrototype(text);
  try {
    return parse(text.replace(/^\uFEFF/, ''), null, {
      parseNumber: (number) => new NumberText(number),
      onDuplicateKey: ({ newValue }) => newValue,
    }) as JsonNode;
  } catch (cause) {
    const problem = cause instanceof RangeError ? 'it is nested too deeply' : (cause as Error).message;
    throw new RestError(400, `The request body is not valid JSON: ${problem}`, { cause });
  }
}

/** The parser loses what is called `__proto__`, and nothing may be lost silently. */
function refusePrototype(text: string): void {
  if (!/__proto__|\\u00/.test(text)) return;
  const refuse = (key: string, value: unknown): unknown => {
    if (key === '__proto__') throw new RestError(400, "A property cannot have the name '__proto__'");
    return value;
  };
  try {
    JSON.parse(text, refuse);
  } catch (error) {
    if (error instanceof RestError) throw error;
  }
}

export function isObject(node: JsonNode): node is { [key: string]: JsonNode } {
  return typeof node === 'object' && node !== null && !Array.isArray(node) && !(node instanceof NumberText);
}

/** How a JSON type is called in messages. */
export function typeName(node: JsonNode): string {
  if (node === null) return 'null';
  if (Array.isArray(node)) return 'an array';
  if (node instanceof NumberText) return 'a number';
  return typeof node === 'object' ? 'an object' : `a ${typeof node}`;
}

/**
 * A configuration: an object whose values are strings; numbers and booleans become the text that was sent, null stays.
 */
export function configFrom(node: JsonNode, what: string): Record<string, string | null> {
  if (!isObject(node)) throw new RestError(400, `${what} must be a JSON object of strings, but is ${typeName(node)}`);
  const config: Record<string, string | null> = {};
  for (const [key, value] of Object.entries(node)) {
    if (Array.isArray(value) || isObject(value)) {
      throw new RestError(
        400,
        `${what}: the value of '${key}' must be a string, a number or a boolean, but is ${typeName(value)}`,
      );
    }
    config[key] = value === null ? null : String(value);
  }
  return config;
}
