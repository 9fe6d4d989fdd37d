import type { Logger } from '@tributary/observability';

/** What a reader skips: `malformed` is somebody's mistake, `unknown` may be a later version's record. */
export interface SkippedRecord {
  readonly kind: 'malformed' | 'unknown';
  readonly reason: string;
}

export function malformed(reason: unknown): SkippedRecord {
  return { kind: 'malformed', reason: reason instanceof Error ? reason.message : String(reason) };
}

export const unknown = (): SkippedRecord => ({ kind: 'unknown', reason: 'no record has such a key' });

export function isSkipped(record: { readonly kind: string }): record is SkippedRecord {
  return record.kind === 'malformed' || record.kind === 'unknown';
}

/** One line for each. */
export function logSkipped(
  log: Pick<Logger, 'error' | 'warn'>,
  record: SkippedRecord,
  topic: string,
  key: string | null,
  offset: number,
): void {
  const line = `skipped record ${key ?? '(no key)'} of topic ${topic}: ${record.reason}`;
  if (record.kind === 'malformed') log.error({ offset }, line);
  else log.warn({ offset }, line);
}
