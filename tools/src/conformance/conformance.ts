import { catalogue } from './catalogue/index.js';
import { judge, type Verdict } from './compare.js';
import { knownDifferences } from './known/index.js';
import { runScenarios } from './run.js';
import type { Sides } from './side.js';
import type { Scenario } from './step.js';

/** What became of all requests, by what was found. */
export interface Findings {
  readonly verdicts: readonly Verdict[];
  /** answered the same, but for the name of the server, which every answer of the reference carries */
  readonly same: number;
  readonly known: readonly Verdict[];
  readonly unknown: readonly Verdict[];
  /** ids of known differences that no request has shown: they are gone, or nothing asks for them */
  readonly notShown: readonly string[];
}

/** Sends the scenarios to both sides and holds each difference against what is known. */
export async function compareSides(sides: Sides, scenarios: readonly Scenario[]): Promise<Findings> {
  const exchanges = await runScenarios(sides, scenarios);
  const verdicts = exchanges.map((each) => judge(sides, each, knownDifferences));
  const known = verdicts.filter(({ known: ids }) => ids.some((id) => id !== 'server-header'));
  const unknown = verdicts.filter((verdict) => verdict.unknown.length > 0);
  const shown = new Set(verdicts.flatMap((verdict) => verdict.known));
  const ids = knownDifferences.filter((rule) => rule.byChance !== true).map((rule) => rule.id);
  const notShown = new Set(ids.filter((id) => !shown.has(id)));
  const same = verdicts.length - known.length - unknown.length;
  return { verdicts, same, known, unknown, notShown: [...notShown] };
}

/** One in so many of the requests that stand alone, and all lists; what lives of connectors show has specs of its own. */
export function part(oneIn: number): Scenario[] {
  const scenarios = catalogue();
  const alone = scenarios.filter((scenario) => scenario.phase === 'empty').filter((_scenario, at) => at % oneIn === 0);
  return [...alone, ...scenarios.filter((scenario) => scenario.phase === 'alone')];
}
