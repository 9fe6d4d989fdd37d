import { RestError } from '../errors/rest-error.js';
import { members } from './members.js';
import { isObject, NumberText, typeName, type JsonNode } from './parse-json.js';

/**
 * A partition or an offset as a client sends it. Integers are numbers, bigints beyond 2^53; what is no primitive is kept,
 * so that whoever checks it can name it.
 */
export type RequestedMap = Readonly<Record<string, unknown>>;

/** An element of the body; `offset` null: forget the partition's offset. */
export interface RequestedOffset {
  readonly partition: RequestedMap | null;
  readonly offset: RequestedMap | null;
}

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

/**
 * Reads the body of `PATCH /connectors/C/offsets`:
 * `{"offsets":[{"partition":{"filename":"/a"},"offset":{"position":42}},{"partition":{"filename":"/b"},"offset":null}]}`;
 * 400 with what is wrong. A missing partition or offset is null.
 */
export function alterOffsetsFrom(node: JsonNode): RequestedOffset[] {
  const { offsets } = members(node, 'the request body', ['offsets']);
  if (offsets === undefined || offsets === null || (Array.isArray(offsets) && offsets.length === 0)) {
    throw new RestError(400, 'Partitions / offsets need to be provided for an alter offsets request');
  }
  if (!Array.isArray(offsets)) throw new RestError(400, `'offsets' must be an array, but is ${typeName(offsets)}`);
  return offsets.map((element, index) => {
    const { partition, offset } = members(element, `offsets[${index}]`, ['partition', 'offset']);
    return {
      partition: mapFrom(partition, `offsets[${index}].partition`),
      offset: mapFrom(offset, `offsets[${index}].offset`),
    };
  });
}

function mapFrom(node: JsonNode | undefined, what: string): RequestedMap | null {
  if (node === undefined || node === null) return null;
  if (!isObject(node)) throw new RestError(400, `${what} must be a JSON object or null, but is ${typeName(node)}`);
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, plain(value, `${what}.${key}`)]));
}

function plain(node: JsonNode, what: string): unknown {
  if (node instanceof NumberText) return numberFrom(node.text, what);
  if (Array.isArray(node)) return node.map((each, index) => plain(each, `${what}[${index}]`));
  if (!isObject(node)) return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, plain(value, `${what}.${key}`)]));
}

function numberFrom(text: string, what: string): number | bigint {
  if (!/^-?\d+$/.test(text)) return Number(text);
  const integer = BigInt(text);
  if (integer < INT64_MIN || integer > INT64_MAX) {
    throw new RestError(400, `${what} is ${text}: integers must be between ${INT64_MIN} and ${INT64_MAX}`);
  }
  return Number.isSafeInteger(Number(integer)) ? Number(integer) : integer;
}
