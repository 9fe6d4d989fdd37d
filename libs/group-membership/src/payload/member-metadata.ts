import type { TaskId } from '../task-id.js';
import { decodePayload, encodePayload, numberOr, stringOr } from './json-payload.js';
import { fromTaskMap, toTaskMap } from './task-map.js';

/** herder: may lead. executor: runs tasks. */
export type Role = 'herder' | 'executor';

/**
 * What a member says of itself when it joins, JSON in UTF-8, gzipped where it is long:
 * `{"version":1,"role":"executor","id":"host:port","url":"http://host:port/","joinedAt":<ms>,"configOffset":12,`
 * `"running":{"C":[0,2]},"leaderId":"host:port","generation":7,"asked":3}`.
 */
export interface MemberMetadata {
  readonly role: Role;
  /** advertised host:port */
  readonly id: string;
  readonly url: string;
  /** when this process first joined, milliseconds since the epoch */
  readonly joinedAt: number;
  /** how far its view of the config topic reaches */
  readonly configOffset: number;
  /** what it runs now, tasks that are being stopped included */
  readonly running: readonly TaskId[];
  /** the leader that its last assignment named */
  readonly leaderId: string | null;
  /** the generation of its last assignment; -1: none yet */
  readonly generation: number;
  /** grows when it asks for a rebalance: the broker does not start one for a member that says the same as before */
  readonly asked: number;
}

const VERSION = 1;

export function encodeMetadata({ running, ...members }: MemberMetadata): Buffer {
  return encodePayload({ version: VERSION, ...members, running: toTaskMap(running) });
}

/** Later versions may add members. Undefined where role, id or url are missing. */
export function decodeMetadata(bytes: Buffer): MemberMetadata | undefined {
  const { role, id, url, ...rest } = decodePayload(bytes) ?? {};
  if ((role !== 'herder' && role !== 'executor') || typeof id !== 'string' || typeof url !== 'string') return undefined;
  return {
    role,
    id,
    url,
    joinedAt: numberOr(rest['joinedAt'], Number.MAX_SAFE_INTEGER),
    configOffset: numberOr(rest['configOffset'], 0),
    running: fromTaskMap(rest['running']),
    leaderId: stringOr(rest['leaderId'], null),
    generation: numberOr(rest['generation'], -1),
    asked: numberOr(rest['asked'], 0),
  };
}
