import { CONTEXT_PREFIX } from './context-headers.js';
import type { ConsumedRecord } from '../stages.js';

/** A header of a dead letter as it was read. */
type ReadHeader = NonNullable<ConsumedRecord['headers']>[number];

/** What a dead letter's headers tell of its failure, and the headers that the record itself had. */
export interface LetterHeaders {
  /** by name without the prefix */
  readonly context: ReadonlyMap<string, string | null>;
  readonly own: readonly ReadHeader[];
}

/**
 * Takes the headers of a dead letter apart again. Of several with one name the last is the queue's: a record that came
 * out of another queue brings such headers of its own.
 */
export function letterHeaders(headers: readonly ReadHeader[]): LetterHeaders {
  const context = new Map<string, string | null>();
  const own: ReadHeader[] = [];
  for (const header of headers.toReversed()) {
    const name = header.key.startsWith(CONTEXT_PREFIX) ? header.key.slice(CONTEXT_PREFIX.length) : undefined;
    if (name === undefined || context.has(name)) own.unshift(header);
    else context.set(name, header.value === null ? null : header.value.toString('utf8'));
  }
  return { context, own };
}
