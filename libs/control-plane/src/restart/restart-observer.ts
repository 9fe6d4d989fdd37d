import type { AutoRestart, AutoRestartTarget } from '@tributary/kafka-storage';

/** Hears of automatic restarts. */
export interface RestartObserver {
  readonly restarted: (target: AutoRestartTarget) => void;
  readonly noted: (target: AutoRestartTarget, entry: AutoRestart | undefined) => void;
}
