import type { Props } from '@tributary/connect-api';
import { parseLong } from '../common/numbers.js';

const DEFAULT_DELAY_MS = 15_000;

/** Who is to fail: `mock_mode`. Nobody where it is anything else or not set. */
export type MockMode = 'connector-failure' | 'task-failure';

/** `delay_ms` where `mock_mode` is `mode`, undefined otherwise; throws `NumberFormatException` where it is no number. */
export function failureDelay(props: Props, mode: MockMode): number | undefined {
  if (props['mock_mode'] !== mode) return undefined;
  const delay = props['delay_ms'];
  return delay === undefined ? DEFAULT_DELAY_MS : parseLong(delay);
}

/** When a task fails that started at `startMs`. */
export class TaskFailure {
  private constructor(
    private readonly startMs: number,
    private readonly delayMs: number,
  ) {}

  static planned(props: Props, startMs: number): TaskFailure | undefined {
    const delayMs = failureDelay(props, 'task-failure');
    return delayMs === undefined ? undefined : new TaskFailure(startMs, delayMs);
  }

  /** How soon a sink task wants to be asked again, milliseconds. */
  get checkAfterMs(): number {
    return Math.min(this.delayMs, 250);
  }

  /** Throws, without a message as the reference does, once the delay is over. */
  throwIfDue(nowMs: number): void {
    if (nowMs - this.startMs > this.delayMs) throw new Error();
  }
}
