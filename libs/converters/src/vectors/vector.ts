import { readFileSync } from 'node:fs';

/** What an attempt gave in the reference: an error, or what was asked. */
export type Outcome<T> = { readonly error: string; readonly message: string | null } | T;

/** A value that was read: its schema as JSON, its Java class and text. */
export interface ReadValue {
  readonly schema: string | null;
  readonly class: string;
  readonly text: string;
}

/** base64; null is Kafka's null */
export interface WrittenBytes {
  readonly bytes: string | null;
}

export interface ReadVector {
  readonly kind: 'read';
  readonly converter: string;
  readonly config: Readonly<Record<string, string>>;
  readonly in: string;
  readonly read: Outcome<ReadValue>;
  readonly back?: Outcome<WrittenBytes>;
}

export interface HeaderVector {
  readonly kind: 'header';
  readonly in: string;
  readonly read: Outcome<ReadValue>;
  readonly back?: Outcome<WrittenBytes>;
}

export interface WriteVector {
  readonly kind: 'write';
  readonly converter: string;
  readonly config: Readonly<Record<string, string>>;
  readonly value: string;
  readonly out: Outcome<WrittenBytes>;
}

export interface NumberVector {
  readonly kind: 'double' | 'float';
  readonly bits: string;
  readonly text: string;
}

export interface DecimalVector {
  readonly kind: 'decimal';
  readonly unscaled: string;
  readonly scale: number;
  readonly text: string;
  readonly plain: string;
  readonly bytes: string;
}

export interface HashVector {
  readonly kind: 'hash';
  readonly keys: readonly string[];
  readonly order: readonly string[];
}

export type Vector = ReadVector | HeaderVector | WriteVector | NumberVector | DecimalVector | HashVector;

const all = readFileSync(new URL('../../vectors/vectors.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Vector);

/** What the real converters did, by kind. */
export function vectors<K extends Vector['kind']>(kind: K): Extract<Vector, { kind: K }>[] {
  return all.filter((vector): vector is Extract<Vector, { kind: K }> => vector.kind === kind);
}
