import { isObject } from '../json.js';
import type { Seen } from '../seen.js';
import type { Step } from '../step.js';

/**
 * A row of docs/differences.md as code: which answers it is about, and what ours must be. Either `rewrite` brings both
 * answers to one form, so that all the rest is still compared, or `expect` tells what is wrong with an answer of ours
 * that has nothing to do with the reference's.
 */
export interface KnownDifference {
  /** first column of the row */
  readonly id: string;
  /** The reference answers by chance, so that it may not show in a run. */
  readonly byChance?: boolean;
  covers(step: Step, reference: Seen, here: Seen): boolean;
  rewrite?(answer: Seen): Seen;
  /** nothing: the answer is what the page promises */
  expect?(here: Seen, reference: Seen, step: Step): string[];
}

/** Whether the answer is an error as clients parse them, with this status and a message that fits. */
export function expectError(here: Seen, status: number, message: RegExp = /./): string[] {
  const { body, headers } = here;
  const told = isObject(body) ? body.message : undefined;
  return [
    ...(here.status === status ? [] : [`the status must be ${status}, but is ${here.status}`]),
    ...(headers['content-type'] === 'application/json' ? [] : [`the content type is ${headers['content-type']}`]),
    ...(isObject(body) && Object.keys(body).join() === 'error_code,message' && body.error_code === status
      ? []
      : [`the body must be {"error_code":${status},"message":...}, but is ${JSON.stringify(body).slice(0, 300)}`]),
    ...(typeof told === 'string' && message.test(told) && !FOREIGN.test(told)
      ? []
      : [`the message must match ${message} and speak of no parser, but is ${JSON.stringify(told)}`]),
  ];
}

/** Words of those who wrote a parser, which tell a client nothing. */
const FOREIGN = /java|jackson|org\.apache\.kafka|TypeError|SyntaxError|undefined/;

/** The text of an error's message; empty where the answer is none. */
export function messageOf({ body }: Seen): string {
  return isObject(body) && typeof body.message === 'string' ? body.message : '';
}

export const isHtml = (answer: Seen) => (answer.headers['content-type'] ?? '').startsWith('text/html');
