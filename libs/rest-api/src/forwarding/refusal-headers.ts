/** Set on the answer of a herder that was asked to do what only the leader may do: ask the leader. */
export const NOT_LEADER_HEADER = 'x-tributary-not-leader';

/** Set beside that where the herder led when it began: what was asked for may have been done. */
export const UNDECIDED_HEADER = 'x-tributary-undecided';

/** Set on the answer of the leader where something was missing for the moment: nothing was done, ask again. */
export const TRY_AGAIN_HEADER = 'x-tributary-try-again';

/** Set on the answer of a process to a request whose signature it does not accept: nothing was done. */
export const REFUSED_HEADER = 'x-tributary-refused';
