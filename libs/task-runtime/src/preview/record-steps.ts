import { referenceClassOf, type ConnectRecord } from '@tributary/connect-api';
import type { Stage } from '@tributary/error-policy';
import { appliesTo, type TransformStep } from '../pipeline/transform-chain.js';
import { arrayText, objectText } from './json-text.js';
import { shownRecord } from './shown-data.js';

/** Deeper causes are left out: a chain that long is a cycle. */
const MAX_CAUSES = 20;

interface Step {
  readonly stage: Stage;
  readonly className: string;
  /** of a transformation */
  readonly alias?: string;
}

/** What happened to one record, step by step, until it was through, dropped or refused. Each step is tried once. */
export class RecordSteps {
  readonly #steps: string[] = [];
  #outcome: 'passed' | 'dropped' | 'failed' = 'passed';
  /** the transformation or stage that ended it */
  #by: string | undefined;

  /** Runs a step whose result is JSON; false where it threw. */
  step(stage: Stage, className: string, work: () => string): boolean {
    return this.#run({ stage, className }, () => ({ result: work() }));
  }

  /** The record after all transformations; null where it was dropped or refused. */
  transform<R extends ConnectRecord>(steps: readonly TransformStep<R>[], record: R): R | null {
    let current = record;
    for (const step of steps) {
      const { alias, className } = step;
      const given = current;
      let next: R | null = null;
      const done = this.#run({ stage: 'TRANSFORMATION', className, alias }, () => {
        const applied = appliesTo(step, given);
        next = applied ? step.transformation.apply(given) : given;
        return { applied: String(applied), result: applied ? (next === null ? 'null' : shownRecord(next)) : undefined };
      });
      if (done && next === null) this.#end('dropped', alias);
      if (!done || next === null) return null;
      current = next;
    }
    return current;
  }

  /** Members of the record's object in the answer. */
  shown(): Readonly<Record<string, string | undefined>> {
    return {
      steps: arrayText(this.#steps),
      outcome: JSON.stringify(this.#outcome),
      by: this.#by === undefined ? undefined : JSON.stringify(this.#by),
    };
  }

  #run(step: Step, work: () => Readonly<Record<string, string | undefined>>): boolean {
    const { stage, className, alias } = step;
    const name = {
      stage: JSON.stringify(stage),
      alias: alias === undefined ? undefined : JSON.stringify(alias),
      class: JSON.stringify(className),
    };
    try {
      this.#steps.push(objectText({ ...name, ...work() }));
      return true;
    } catch (error) {
      this.#steps.push(objectText({ ...name, error: errorText(error) }));
      this.#end('failed', alias ?? stage);
      return false;
    }
  }

  #end(outcome: 'dropped' | 'failed', by: string): void {
    this.#outcome = outcome;
    this.#by = by;
  }
}

/** `{"exception":C,"message":M,"causes":[...]}`, the causes from the outside in. */
function errorText(thrown: unknown): string {
  const chain: string[] = [];
  for (let each: unknown = thrown; each !== undefined && each !== null && chain.length < MAX_CAUSES;) {
    const message = each instanceof Error ? each.message : String(each);
    chain.push(`"exception":${JSON.stringify(referenceClassOf(each))},"message":${JSON.stringify(message)}`);
    each = each instanceof Error ? each.cause : undefined;
  }
  const [first = '"exception":"java.lang.Throwable","message":""', ...causes] = chain;
  return `{${first}${causes.length === 0 ? '' : `,"causes":${arrayText(causes.map((cause) => `{${cause}}`))}`}}`;
}
