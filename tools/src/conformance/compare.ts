import { differences } from './json.js';
import type { KnownDifference } from './known/known-difference.js';
import type { Exchange } from './run.js';
import { seen, type Seen } from './seen.js';
import type { Sides } from './side.js';
import type { Step } from './step.js';

/** What became of one request. */
export interface Verdict {
  readonly step: Step;
  readonly reference: Seen;
  readonly tributary: Seen;
  /** ids of known differences that explain the answer; none where both answered the same */
  readonly known: readonly string[];
  /** what nothing explains, a line each; none: conforms */
  readonly unknown: readonly string[];
}

/** Compares the two answers to a request, with the known differences at hand. */
export function judge(sides: Sides, exchange: Exchange, rules: readonly KnownDifference[]): Verdict {
  const reference = seen(sides.reference, exchange.reference);
  const tributary = seen(sides.tributary, exchange.tributary);
  const { step } = exchange;
  const verdict = { step, reference, tributary, known: [], unknown: [] };
  if (same(reference, tributary)) return verdict;

  const covering = rules.filter((rule) => rule.covers(step, reference, tributary));
  const rewriting = covering.filter((rule) => rule.rewrite !== undefined);
  const [theirs, ours] = [rewritten(reference, rewriting), rewritten(tributary, rewriting)];
  if (!same(theirs, ours)) {
    const replacing = covering.find((rule) => rule.expect !== undefined);
    const problems = replacing?.expect?.(tributary, reference, step) ?? [];
    if (replacing !== undefined && problems.length === 0) return { ...verdict, known: [replacing.id] };
    return {
      ...verdict,
      unknown: [...problems.map((problem) => `${replacing?.id}: ${problem}`), ...differencesOf(theirs, ours)],
    };
  }
  const needed = rewriting.filter((rule) => {
    const others = rewriting.filter((other) => other !== rule);
    return !same(rewritten(reference, others), rewritten(tributary, others));
  });
  return { ...verdict, known: (needed.length > 0 ? needed : rewriting).map((rule) => rule.id) };
}

const same = (a: Seen, b: Seen) => JSON.stringify(a) === JSON.stringify(b);

function rewritten(answer: Seen, rules: readonly KnownDifference[]): Seen {
  return rules.reduce((changed, rule) => rule.rewrite?.(changed) ?? changed, answer);
}

function differencesOf(reference: Seen, here: Seen): string[] {
  return [
    ...differences(reference.status, here.status, 'status'),
    ...differences(reference.headers, here.headers, 'headers'),
    ...differences(reference.body, here.body),
  ];
}
