/** True for the error of a writer that another one has displaced, also as a cause of the error given. */
export function isFenced(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current.name === 'FencedError') return true;
  }
  return false;
}
