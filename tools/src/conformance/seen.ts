import type { Exchanged } from '../cluster/index.js';
import { mapObjects, type Json } from './json.js';
import type { Side } from './side.js';

/** An answer without what must differ between two clusters: addresses, names of the side, times. */
export interface Seen {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** parsed where it is JSON, else the text */
  readonly body: Json;
}

/** They are of the connection or of the moment, or follow from the body. */
const NOT_COMPARED = ['date', 'connection', 'keep-alive', 'content-length', 'transfer-encoding'];

const TEXT_OR_LONG = /"(?:[^"\\]|\\.)*"|-?\d{16,}/g;

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;

/** A header with a date that is worked out from now is not among those that the sides are configured with. */
export function seen(side: Side, { status, headers, text }: Exchanged): Seen {
  const kept = Object.entries(headers).filter(([name]) => !NOT_COMPARED.includes(name));
  return {
    status,
    headers: Object.fromEntries(kept.map(([name, value]) => [name, side.withoutNames(value ?? '')]).toSorted()),
    body: withoutMoments(parsed(side.withoutNames(text).replace(INSTANT, 'TIME'))),
  };
}

/** Integers that would lose something become texts. */
function parsed(text: string): Json {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text.replace(TEXT_OR_LONG, (part) => (part.startsWith('"') ? part : `"${part}n"`))) as Json;
  } catch {
    return text;
  }
}

/** Who runs something and when a level was set are each cluster's own; that it is told is compared. */
function withoutMoments(body: Json): Json {
  return mapObjects(body, (object) => ({
    ...object,
    ...(typeof object.worker_id === 'string' && object.worker_id !== '' ? { worker_id: 'HOST' } : {}),
    ...(typeof object.last_modified === 'number' ? { last_modified: 'TIME' } : {}),
  }));
}
