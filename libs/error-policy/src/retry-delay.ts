const FIRST_DELAY_MS = 300;

/**
 * How long to wait after the `attempt`th failure (from 1), milliseconds: 300, doubled each time; once above `maxMs` a
 * random time below `maxMs`. Never beyond `remainingMs`, so that the last attempt happens at the deadline.
 */
export function retryDelay(attempt: number, maxMs: number, remainingMs: number, random: () => number): number {
  const doubled = FIRST_DELAY_MS * 2 ** (attempt - 1);
  const delay = doubled > maxMs ? Math.floor(random() * maxMs) : doubled;
  return Math.max(0, Math.min(delay, remainingMs));
}
