import { readFileSync } from 'node:fs';

/** What an action threw. */
export interface Failure {
  readonly error: string;
  readonly message: string;
}

export interface RecordVector {
  readonly kind: 'record';
  readonly topic: string;
  readonly partition?: number;
  /** sink records only */
  readonly offset?: number;
  readonly timestamp?: number;
  /** JSON, see README.md */
  readonly key: string;
  readonly value: string;
  readonly headers?: readonly { readonly key: string; readonly value: string }[];
}

/** What became of the record with the number `r`: only what has changed. */
export interface Change extends Partial<Failure> {
  readonly r: number;
  readonly dropped?: true;
  readonly test?: boolean;
  readonly topic?: string;
  readonly key?: string;
  readonly value?: string;
  readonly headers?: string;
}

/** A configured transformation or predicate. */
export interface Step {
  readonly class: string;
  readonly config: Readonly<Record<string, string>>;
}

export interface ApplyVector {
  readonly kind: 'apply';
  /** one, or several transformations of a chain */
  readonly steps: readonly Step[];
  readonly out: readonly Change[];
}

export interface ConfigVector extends Partial<Failure> {
  readonly kind: 'config';
  readonly class: string;
  readonly config: Readonly<Record<string, string>>;
  readonly errors: Readonly<Record<string, readonly string[]>>;
}

export interface DateVector {
  readonly kind: 'date';
  readonly pattern: string;
  readonly now: number;
  readonly error?: string;
  readonly format?: readonly (readonly [ms: number, text: string])[];
  readonly parse?: readonly (readonly [text: string, ms: number | null])[];
}

export interface RegexVector {
  readonly kind: 'regex';
  readonly pattern: string;
  readonly replacement: string;
  readonly error?: string;
  readonly out?: readonly (readonly [text: string, matches: boolean, replaced: string | Failure])[];
}

type Vector = RecordVector | ApplyVector | ConfigVector | DateVector | RegexVector;

const all = readFileSync(new URL('../../vectors/vectors.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Vector);

/** What the real transformations did, by kind. */
export function vectors<K extends Vector['kind']>(kind: K): Extract<Vector, { kind: K }>[] {
  return all.filter((vector): vector is Extract<Vector, { kind: K }> => vector.kind === kind);
}
