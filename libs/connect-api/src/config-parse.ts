import { ConfigError } from './errors.js';
import { javaTrim } from './java-trim.js';
import { Password, type ConfigType, type ParsedValue } from './config-key.js';

const INTEGER = /^[+-]?[0-9]+$/;
const DECIMAL = /^[+-]?(NaN|Infinity|([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?[fFdD]?)$/;
const LIMITS = {
  SHORT: [-32768n, 32767n],
  INT: [-(2n ** 31n), 2n ** 31n - 1n],
  LONG: [-(2n ** 63n), 2n ** 63n - 1n],
} as const;

/** The error for a value that is not allowed: `Invalid value X for configuration K: problem`. */
export function invalidValue(name: string, value: ParsedValue, problem: string, cause?: unknown): ConfigError {
  const options = cause === undefined ? undefined : { cause };
  return new ConfigError(`Invalid value ${displayed(value)} for configuration ${name}: ${problem}`, options);
}

/** A value as messages show it: lists in brackets, passwords hidden. */
export function displayed(value: ParsedValue): string {
  return isList(value) ? `[${value.join(', ')}]` : String(value);
}

/** A value as REST answers show it: lists joined by commas, passwords hidden, null where there is none. */
export function printed(value: ParsedValue): string | null {
  if (value === null) return null;
  return isList(value) ? value.join(',') : String(value);
}

/** Reads the text of a property of type `type`, ignoring blanks around it; throws a {@link ConfigError}. */
export function parseConfigValue(name: string, text: string | null, type: ConfigType): ParsedValue {
  if (text === null) return null;
  const trimmed = javaTrim(text);
  switch (type) {
    case 'BOOLEAN':
      return parseBoolean(name, text, trimmed);
    case 'STRING':
    case 'CLASS':
      return trimmed;
    case 'PASSWORD':
      return new Password(trimmed);
    case 'LIST':
      return trimmed === '' ? [] : trimmed.split(/\s*,\s*/);
    case 'DOUBLE':
      if (!DECIMAL.test(trimmed)) throw notANumber(name, text, type);
      return Number(trimmed.replace(/(?<=[0-9.])[fFdD]$/, ''));
    case 'INT':
    case 'SHORT':
    case 'LONG':
      return parseInteger(name, text, trimmed, type);
  }
}

function parseBoolean(name: string, text: string, trimmed: string): boolean {
  const lower = trimmed.toLowerCase();
  if (lower !== 'true' && lower !== 'false') {
    throw invalidValue(name, text, 'Expected value to be either true or false');
  }
  return lower === 'true';
}

function parseInteger(name: string, text: string, trimmed: string, type: 'INT' | 'SHORT' | 'LONG'): number | bigint {
  if (!INTEGER.test(trimmed)) throw notANumber(name, text, type);
  const exact = BigInt(trimmed.startsWith('+') ? trimmed.slice(1) : trimmed);
  const [min, max] = LIMITS[type];
  if (exact < min || exact > max) throw notANumber(name, text, type);
  const number = Number(exact);
  return Number.isSafeInteger(number) ? number : exact;
}

function notANumber(name: string, text: string, type: ConfigType): ConfigError {
  return invalidValue(name, text, `Not a number of type ${type}`);
}

function isList(value: ParsedValue): value is readonly string[] {
  return Array.isArray(value);
}
