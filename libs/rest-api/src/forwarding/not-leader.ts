/** Set on the answer of a herder that was asked to do what only the leader may do: nothing was done, ask the leader. */
export const NOT_LEADER_HEADER = 'x-tributary-not-leader';
