/** Whether this is how work ends that an `AbortSignal` has told to. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
