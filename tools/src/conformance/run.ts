import { sleep, until } from '../process/index.js';
import type { Exchanged } from '../cluster/index.js';
import type { Side, Sides } from './side.js';
import { describeStep, type Phase, type Scenario, type Step } from './step.js';

/** A request and what both sides answered. */
export interface Exchange {
  readonly step: Step;
  readonly reference: Exchanged;
  readonly tributary: Exchanged;
}

/** How many scenarios of a phase are under way at a time on each side. */
const AT_ONCE: Readonly<Record<Phase, number>> = { empty: 6, beside: 3, alone: 1 };
const PHASES: readonly Phase[] = ['empty', 'alone', 'beside'];

/** How long a condition on an answer may take to hold. */
const PATIENCE_MS = 60_000;

/** Sends everything to both sides, each at its own pace. */
export async function runScenarios(sides: Sides, scenarios: readonly Scenario[]): Promise<Exchange[]> {
  const [reference, tributary] = await Promise.all([
    answersOf(sides.reference, scenarios),
    answersOf(sides.tributary, scenarios),
  ]);
  return scenarios
    .flatMap((scenario) => scenario.steps)
    .map((step) => ({ step, reference: answerTo(reference, step), tributary: answerTo(tributary, step) }));
}

function answerTo(answers: ReadonlyMap<Step, Exchanged>, step: Step): Exchanged {
  const answer = answers.get(step);
  if (answer === undefined) throw new Error(`${describeStep(step)} was not sent`);
  return answer;
}

/** What a side answers to all of them. */
export async function answersOf(side: Side, scenarios: readonly Scenario[]): Promise<Map<Step, Exchanged>> {
  const answers = new Map<Step, Exchanged>();
  for (const phase of PHASES) {
    const waiting = scenarios.filter((scenario) => scenario.phase === phase);
    const work = async (): Promise<void> => {
      for (let scenario = waiting.shift(); scenario !== undefined; scenario = waiting.shift()) {
        for (const step of scenario.steps) answers.set(step, await answerOf(side, step));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE[phase] }, work));
  }
  return answers;
}

/** Where what was waited for does not come, the last answer tells what is there instead. */
async function answerOf(side: Side, step: Step): Promise<Exchanged> {
  const { until: holds = () => true } = step;
  let last: Exchanged | undefined;
  const attempt = async (): Promise<Exchanged | undefined> => {
    last = await sendPatiently(side, step);
    return holds(last) ? last : undefined;
  };
  try {
    return await until(describeStep(step), attempt, PATIENCE_MS);
  } catch (error) {
    if (last === undefined) throw error;
    return last;
  }
}

/** What the reference answers while its group settles; clients are to try again. */
const UNSETTLED =
  /rebalance is expected|due to stale configuration|no known leader URL|conflicting operation \(e\.g\. worker rebalance\)/;

async function sendPatiently(side: Side, step: Step): Promise<Exchanged> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await side.send(step);
    const unsettled =
      side.name === 'reference' && step.once !== true && answer.status >= 409 && UNSETTLED.test(answer.text);
    if (!unsettled || Date.now() > end) return answer;
    await sleep(50);
  }
}
