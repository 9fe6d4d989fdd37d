export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Waits until `probe` gives something other than false, null or undefined; throws after `deadlineMs` with `what` and the last error.
 */
export async function until<T>(
  what: string,
  probe: () => Promise<T | false | null | undefined> | T | false | null | undefined,
  deadlineMs: number,
  everyMs = 50,
): Promise<T> {
  const end = Date.now() + deadlineMs;
  let cause: unknown;
  for (;;) {
    try {
      const result = await probe();
      if (result !== false && result !== null && result !== undefined) return result;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (Date.now() > end) {
      const reason = cause instanceof Error ? `: ${cause.message}` : '';
      throw new Error(`waited ${deadlineMs} ms for ${what}${reason}`, { cause });
    }
    await sleep(everyMs);
  }
}
