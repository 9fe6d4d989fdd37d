/** Whether the same call may succeed later: a connector's `RetriableError`, or a Kafka client's error that says so. */
export function isRetriable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('code' in error && error.code === 'RETRIABLE') return true;
  return 'retriable' in error && error.retriable === true;
}
