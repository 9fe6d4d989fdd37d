import { invalidValue } from './config-parse.js';
import type { ParsedValue, Validator } from './config-key.js';
import { ConfigError } from './errors.js';
import { javaRegExp } from './reg-exp/java-reg-exp.js';

/** A validator made of a function that throws a {@link ConfigError}; `allowed` says in words what it accepts. */
export function lambda(check: (name: string, value: ParsedValue) => void, allowed: string): Validator {
  return { ensureValid: check, toString: () => allowed };
}

/** All of them must accept the value; null validators first, as they see it in this order. */
export function allOf(...validators: readonly Validator[]): Validator {
  return lambda((name, value) => {
    for (const validator of validators) validator.ensureValid(name, value);
  }, validators.map(String).join(','));
}

/** A number of at least `min`; null is refused. */
export function atLeast(min: number): Validator {
  return range(min, undefined, `[${min},...]`);
}

/** A number from `min` to `max`, both included; null is refused. */
export function between(min: number, max: number): Validator {
  return range(min, max, `[${min},...,${max}]`);
}

function range(min: number, max: number | undefined, allowed: string): Validator {
  return lambda((name, value) => {
    if (value === null) throw invalidValue(name, value, 'Value must be non-null');
    if (typeof value !== 'number' && typeof value !== 'bigint')
      throw invalidValue(name, value, 'Value must be a number');
    if (value < min) throw invalidValue(name, value, `Value must be at least ${min}`);
    if (max !== undefined && value > max) throw invalidValue(name, value, `Value must be no more than ${max}`);
  }, allowed);
}

/** One of these texts. */
export function oneOf(...allowed: readonly string[]): Validator {
  return lambda(
    (name, value) => {
      if (typeof value !== 'string' || !allowed.includes(value)) {
        throw invalidValue(name, value, `String must be one of: ${allowed.join(', ')}`);
      }
    },
    `[${allowed.join(', ')}]`,
  );
}

/** One of these texts in any mixture of upper and lower case. */
export function oneOfIgnoringCase(...allowed: readonly string[]): Validator {
  const upper = allowed.map((word) => word.toUpperCase());
  return lambda(
    (name, value) => {
      if (typeof value !== 'string' || !upper.includes(value.toUpperCase())) {
        throw invalidValue(name, value, `String must be one of (case insensitive): ${allowed.join(', ')}`);
      }
    },
    `(case insensitive) [${allowed.join(', ')}]`,
  );
}

/** Any value but null. */
export const nonNull: Validator = lambda((name, value) => {
  if (value === null) throw invalidValue(name, value, 'entry must be non null');
}, 'non-null string');

/** Text that is not empty; null, 'not set', is accepted. */
export const nonEmptyString: Validator = lambda((name, value) => {
  if (value === '') throw invalidValue(name, value, 'String must be non-empty');
}, 'non-empty string');

/** Text that is not empty and has no control characters; null is accepted, as a missing value is reported as such. */
export const nonEmptyStringWithoutControlChars: Validator = lambda((name, value) => {
  if (typeof value !== 'string') return;
  if (value === '') throw invalidValue(name, value, 'String may not be empty');
  const codes = [...value]
    .map((char) => char.codePointAt(0) ?? 0)
    .filter((code) => code < 32 || (code > 126 && code < 160));
  if (codes.length > 0) {
    const problem = 'String may not contain control sequences but had the following ASCII chars: ';
    throw invalidValue(name, value, problem + codes.join(', '));
  }
}, 'non-empty string without ISO control characters');

/** What a {@link validList} accepts beside a list of distinct texts that are not empty. */
export interface ListRules {
  /** an empty list */
  readonly empty?: boolean;
  /** null, 'not set' */
  readonly null?: boolean;
  /** the only texts that may occur; any where it is absent */
  readonly in?: readonly string[];
}

/** A list in which nothing occurs twice and no entry is empty. */
export function validList(rules: ListRules = {}): Validator {
  const allowed = rules.in === undefined ? 'any non-empty value' : `[${rules.in.join(', ')}]`;
  const each = rules.in === undefined ? undefined : oneOf(...rules.in);
  const check = lambda((name, value) => {
    if (value === null) {
      if (rules.null === true) return;
      throw new ConfigError(`Configuration '${name}' values must not be null.`);
    }
    if (!isTextList(value)) throw invalidValue(name, value, 'Value must be a list');
    if (value.length === 0 && rules.empty !== true) {
      throw new ConfigError(`Configuration '${name}' must not be empty. Valid values include: ${allowed}`);
    }
    if (new Set(value).size !== value.length)
      throw new ConfigError(`Configuration '${name}' values must not be duplicated.`);
    for (const entry of value) {
      if (entry === '') throw new ConfigError(`Configuration '${name}' values must not be empty.`);
      each?.ensureValid(name, entry);
    }
  }, allowed);
  return { ...check, dropsRepeats: true };
}

/** Text that is a regular expression; null is refused. */
export const regularExpression: Validator = lambda((name, value) => {
  if (typeof value !== 'string') throw invalidValue(name, value, 'Invalid regex: there is none');
  try {
    javaRegExp(value);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw invalidValue(name, value, `Invalid regex: ${reason}`, cause);
  }
}, 'valid regex');

function isTextList(value: ParsedValue): value is readonly string[] {
  return Array.isArray(value);
}
