import type { Exchanged } from '../cluster/index.js';

/** Stands in requests for what must differ between the two sides: names of topics, groups and files. */
export const SIDE = '$SIDE$';

/** Stands in requests for a folder of the side's own. */
export const FOLDER = '$FOLDER$';

/** One request that both sides get. */
export interface Step {
  readonly method: string;
  /** as it goes out: nothing is encoded */
  readonly path: string;
  readonly body?: string | Buffer;
  /** null: not sent, though it usually is */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** The request is repeated until its answer is such: what clients see some time after a change. */
  readonly until?: (answer: Exchanged) => boolean;
  /** The first answer counts, also one that asks to try again. */
  readonly once?: boolean;
}

/** When a scenario runs: while no connector is there, then with the cluster to itself, at last beside others. */
export type Phase = 'empty' | 'alone' | 'beside';

/** Requests that are sent one after the other; what they make, they take away. */
export interface Scenario {
  readonly phase: Phase;
  readonly steps: readonly Step[];
}

/** Each request by itself, on a cluster without connectors. */
export function singles(steps: readonly Step[]): Scenario[] {
  return steps.map((step) => ({ phase: 'empty', steps: [step] }));
}

export type Body = string | Buffer | object;

/** An object is sent as JSON, anything else as it is. */
export function request(method: string, path: string, body?: Body, headers?: Step['headers']): Step {
  const text = typeof body === 'object' && !Buffer.isBuffer(body) ? JSON.stringify(body) : body;
  return { method, path, ...(text === undefined ? {} : { body: text }), ...(headers === undefined ? {} : { headers }) };
}

/** One line for people. */
export function describeStep({ method, path, body, headers }: Step): string {
  const parts = [
    method,
    shortened(path),
    ...(headers === undefined ? [] : [JSON.stringify(headers)]),
    ...(body === undefined ? [] : [shortened(printable(body))]),
  ];
  return parts.join(' ');
}

const printable = (body: string | Buffer) =>
  typeof body === 'string' ? body || '(empty body)' : body.toString('latin1');

const SHOWN = 240;

const shortened = (text: string) =>
  text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}... (${text.length} characters)`;
