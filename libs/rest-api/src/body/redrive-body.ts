import { RestError } from '../errors/rest-error.js';
import { members, optionalInteger, optionalList, optionalText } from './members.js';
import { typeName, type JsonNode } from './parse-json.js';

/** Stages whose failures are in queues of sinks. */
export const LETTER_STAGES = [
  'KEY_CONVERTER',
  'VALUE_CONVERTER',
  'HEADER_CONVERTER',
  'TRANSFORMATION',
  'TASK_PUT',
] as const;
/** What is used where a body does not say, and the most that is allowed. */
export const REDRIVE_LIMITS = {
  limit: { usual: 1_000, most: 10_000 },
  seconds: { usual: 60, most: 60 },
  maxRedrives: { usual: 3, most: 1_000 },
} as const;

export interface RequestedRedrive {
  readonly dryRun: boolean;
  readonly limit: number;
  readonly seconds: number;
  readonly maxRedrives: number;
  readonly stage: (typeof LETTER_STAGES)[number] | undefined;
  readonly exception: string | undefined;
  readonly partitions:
    | readonly { readonly partition: number; readonly from: number | undefined; readonly to: number | undefined }[]
    | undefined;
}

const FIELDS = ['dryRun', 'limit', 'seconds', 'maxRedrives', 'stage', 'exception', 'partitions'];

/**
 * Reads the body of `POST /connectors/C/dlq/redrive`:
 * `{"dryRun":true,"limit":100,"stage":"VALUE_CONVERTER","partitions":[{"partition":0,"from":5,"to":9}]}`, of which each
 * member may be left out or null; 400 with what is wrong.
 */
export function redriveFrom(node: JsonNode): RequestedRedrive {
  const { dryRun, limit, seconds, maxRedrives, stage, exception, partitions } = members(
    node,
    'the request body',
    FIELDS,
  );
  return {
    dryRun: flagFrom(dryRun),
    limit: bounded(limit, 'limit'),
    seconds: bounded(seconds, 'seconds'),
    maxRedrives: bounded(maxRedrives, 'maxRedrives'),
    stage: stageFrom(stage),
    exception: optionalText(exception, 'exception'),
    partitions: partitionsFrom(partitions),
  };
}

function flagFrom(node: JsonNode | undefined): boolean {
  if (node === undefined || node === null) return false;
  if (typeof node === 'boolean') return node;
  throw new RestError(400, `'dryRun' must be true or false, but is ${typeName(node)}`);
}

function bounded(node: JsonNode | undefined, name: keyof typeof REDRIVE_LIMITS): number {
  const { usual, most } = REDRIVE_LIMITS[name];
  const value = optionalInteger(node, name, 1) ?? usual;
  if (value <= most) return value;
  throw new RestError(400, `'${name}' must be at most ${most}, but is ${value}`);
}

function stageFrom(node: JsonNode | undefined): RequestedRedrive['stage'] {
  const text = optionalText(node, 'stage');
  if (text === undefined) return undefined;
  const stage = LETTER_STAGES.find((each) => each === text);
  if (stage !== undefined) return stage;
  throw new RestError(400, `'stage' must be one of ${LETTER_STAGES.join(', ')}, but is ${JSON.stringify(text)}`);
}

function partitionsFrom(node: JsonNode | undefined): RequestedRedrive['partitions'] {
  const ranges = optionalList(node, 'partitions')?.map((each, index) => {
    const where = `partitions[${index}]`;
    const { partition, from, to } = members(each, where, ['partition', 'from', 'to']);
    const number = optionalInteger(partition, `${where}.partition`);
    if (number === undefined) throw new RestError(400, `'${where}.partition' must be a whole number, but is missing`);
    const [first, end] = [optionalInteger(from, `${where}.from`), optionalInteger(to, `${where}.to`)];
    if (first !== undefined && end !== undefined && first > end) {
      throw new RestError(400, `'${where}.from' is ${first}, beyond 'to', which is ${end}`);
    }
    return { partition: number, from: first, to: end };
  });
  if (ranges === undefined) return undefined;
  if (ranges.length === 0)
    throw new RestError(400, "'partitions' must have at least one element; leave it out for all");
  const twice = ranges.find(({ partition }, index) => ranges.findIndex((each) => each.partition === partition) < index);
  if (twice === undefined) return ranges;
  throw new RestError(400, `'partitions' has partition ${twice.partition} twice`);
}
