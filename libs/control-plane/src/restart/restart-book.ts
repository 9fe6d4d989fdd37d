import type { RestartSettings } from '@tributary/config-schemas';
import type { AutoRestart, Status } from '@tributary/kafka-storage';
import { failureKind } from './failure-kind.js';

/** What is to be seen of a connector or task at the moment. */
export interface Sight {
  readonly status: Pick<Status, 'state' | 'trace' | 'stalled'> | undefined;
  /** since when it runs, milliseconds since the epoch; undefined where it does not */
  readonly runningSince: number | undefined;
  /** a restart has been asked for and what it brings has not been seen yet: the failure is an old one */
  readonly restarting: boolean;
}

/**
 * What is noted next of a connector or task whose restarts are switched on; the same object where nothing changes,
 * undefined where there is nothing to note. `chance` is from 0 to 1.
 */
export function booked(
  before: AutoRestart | undefined,
  { status, runningSince, restarting }: Sight,
  settings: RestartSettings,
  now: number,
  chance: number,
): AutoRestart | undefined {
  if (status === undefined || !hasFailed(status, settings)) {
    if (before === undefined || (runningSince !== undefined && now - runningSince >= settings.resetMs))
      return undefined;
    // It was started in some other way: after a rebalance, or by an earlier leader.
    return isWatched(before) ? before : withoutPlan(before);
  }
  if (restarting || (before !== undefined && !isWatched(before))) return before;
  const attempts = before?.attempts ?? 0;
  if (status.state === 'FAILED' && failureKind(status.trace) === 'FATAL')
    return { attempts, nextAt: null, givenUp: 'fatal' };
  if (attempts >= settings.maxAttempts) return { attempts, nextAt: null, givenUp: 'attempts' };
  return { attempts, nextAt: now + backoffMs(attempts, settings, chance), givenUp: null };
}

/** What is left of an entry when its plan has become pointless; without attempts there is nothing to note. */
export function withoutPlan({ attempts }: AutoRestart): AutoRestart | undefined {
  return attempts === 0 ? undefined : { attempts, nextAt: null, givenUp: null };
}

/** Milliseconds until {@link booked} or a restart is due by time alone; undefined where only a change brings something. */
export function dueIn(
  entry: AutoRestart | undefined,
  { runningSince }: Pick<Sight, 'runningSince'>,
  { resetMs }: RestartSettings,
  now: number,
): number | undefined {
  if (entry === undefined) return undefined;
  const at = entry.nextAt ?? (runningSince === undefined ? undefined : runningSince + resetMs);
  return at === undefined ? undefined : Math.max(0, at - now);
}

function hasFailed({ state, stalled }: Pick<Status, 'state' | 'stalled'>, { ofStalled }: RestartSettings): boolean {
  return state === 'FAILED' || (ofStalled && stalled !== undefined);
}

/** How long the restart after so many others waits: twice as long as the one before, up to half of it left out by chance. */
function backoffMs(attempts: number, { backoffMs: first, backoffMaxMs }: RestartSettings, chance: number): number {
  const wholeMs = Math.min(first * 2 ** attempts, backoffMaxMs);
  return Math.ceil(wholeMs * (1 - chance / 2));
}

function isWatched({ nextAt, givenUp }: AutoRestart): boolean {
  return nextAt === null && givenUp === null;
}
