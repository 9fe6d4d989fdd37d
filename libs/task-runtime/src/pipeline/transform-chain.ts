import type { ConnectRecord, Predicate, Transformation } from '@tributary/connect-api';

/** A transformation with the condition under which it applies. */
export interface TransformStep<R extends ConnectRecord> {
  readonly alias: string;
  readonly className: string;
  readonly transformation: Transformation<R>;
  /** undefined: always */
  readonly predicate: Predicate<R> | undefined;
  readonly negate: boolean;
}

/** Whether the step's predicate lets it have the record. */
export function appliesTo<R extends ConnectRecord>({ predicate, negate }: TransformStep<R>, record: R): boolean {
  return predicate === undefined || predicate.test(record) !== negate;
}

/** The transformations of a connector in their order, assembled once. */
export class TransformChain<R extends ConnectRecord> {
  /** where the last {@link apply} was when it threw: the step, and what that step was given */
  at = 0;
  input: R | undefined;
  /** what the last {@link apply} returned */
  output: R | undefined;

  constructor(readonly steps: readonly TransformStep<R>[]) {}

  /** The record after all steps, null where one dropped it. Throws what a step throws. */
  apply(record: R): R | null {
    let current = record;
    for (let index = 0; index < this.steps.length; index++) {
      this.at = index;
      this.input = current;
      const next = this.applyStep(index, current);
      if (next === null) return null;
      current = next;
    }
    this.output = current;
    return current;
  }

  applyStep(index: number, record: R): R | null {
    const step = this.steps[index];
    if (step === undefined) return record;
    return appliesTo(step, record) ? step.transformation.apply(record) : record;
  }

  close(): void {
    for (const step of this.steps) {
      step.transformation.close?.();
      step.predicate?.close?.();
    }
  }
}
