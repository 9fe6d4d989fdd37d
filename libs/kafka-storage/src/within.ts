import { ConnectError } from '@tributary/connect-api';

/** The work's outcome, or a ConnectError with `message` once `limitMs` is over; the work itself goes on then. */
export async function within<T>(limitMs: number, message: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ConnectError(`${message}: no answer within ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
