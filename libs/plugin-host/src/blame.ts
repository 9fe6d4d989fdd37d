/** How a host thread ended. */
export interface Death {
  readonly error: Error;
  /** the instance whose code did it, if that is known */
  readonly culprit: number | undefined;
  /** the thread never got as far as making instances */
  readonly starting: boolean;
}

/** Who answers for a thread's death. */
export interface Verdict {
  /** fail with the death's error */
  readonly guilty: readonly number[];
  /** may be hosted again, but only alone: then the guilty one shows itself */
  readonly suspects: readonly number[];
}

/**
 * `living` are the thread's instances, `abandoned` those that were given up but may still run in it. With nobody known
 * to have done it, the only one there is has done it; among several, all are suspects.
 */
export function blame(death: Death, living: readonly number[], abandoned: readonly number[]): Verdict {
  if (death.starting) return { guilty: living, suspects: [] };
  if (death.culprit !== undefined) {
    return { guilty: living.filter((id) => id === death.culprit), suspects: [] };
  }
  if (living.length === 1 && abandoned.length === 0) return { guilty: living, suspects: [] };
  return { guilty: [], suspects: living };
}
