import { describe, expect, it } from 'vitest';
import { blame, type Death } from './blame.js';

const death = (culprit?: number, starting = false): Death => ({ error: new Error('x'), culprit, starting });

describe('blame', () => {
  it.each<[string, Death, number[], number[], ReturnType<typeof blame>]>([
    ['the known culprit is guilty', death(2), [1, 2, 3], [], { guilty: [2], suspects: [] }],
    ['an abandoned culprit leaves all others blameless', death(9), [1, 2], [9], { guilty: [], suspects: [] }],
    ['a lone instance is guilty of what nobody else could do', death(), [1], [], { guilty: [1], suspects: [] }],
    ['beside an abandoned one it is only suspect', death(), [1], [9], { guilty: [], suspects: [1] }],
    ['several are all suspects', death(), [1, 2], [], { guilty: [], suspects: [1, 2] }],
    ['a thread that never started fails all', death(undefined, true), [1, 2], [], { guilty: [1, 2], suspects: [] }],
  ])('%s', (_name, died, living, abandoned, verdict) => {
    expect(blame(died, living, abandoned)).toEqual(verdict);
  });
});
