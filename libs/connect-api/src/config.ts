import { ConfigError } from './errors.js';
import { displayed } from './config-parse.js';
import { Password, type ParsedValue } from './config-key.js';

/**
 * Properties after parsing, with one getter per kind of value. A getter throws a {@link ConfigError} for a key that the
 * definition does not have, or that is of another kind or null: both are mistakes of the program, not of the user.
 */
export class Config {
  constructor(readonly values: ReadonlyMap<string, ParsedValue>) {}

  /** The value, null where it is not set. */
  get(key: string): ParsedValue {
    const value = this.values.get(key);
    if (value === undefined) throw new ConfigError(`Unknown configuration '${key}'`);
    return value;
  }

  /** A STRING or CLASS. */
  string(key: string): string {
    return this.optionalString(key) ?? this.#wrongKind(key, 'text');
  }

  optionalString(key: string): string | undefined {
    const value = this.get(key);
    if (value === null) return undefined;
    return typeof value === 'string' ? value : this.#wrongKind(key, 'text');
  }

  /** A number of any type; a LONG beyond 2^53 comes as the nearest number, use {@link get} where that matters. */
  int(key: string): number {
    return this.optionalInt(key) ?? this.#wrongKind(key, 'a number');
  }

  optionalInt(key: string): number | undefined {
    const value = this.get(key);
    if (value === null) return undefined;
    return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : this.#wrongKind(key, 'a number');
  }

  boolean(key: string): boolean {
    const value = this.get(key);
    return typeof value === 'boolean' ? value : this.#wrongKind(key, 'true or false');
  }

  list(key: string): readonly string[] {
    return this.optionalList(key) ?? this.#wrongKind(key, 'a list');
  }

  optionalList(key: string): readonly string[] | undefined {
    const value = this.get(key);
    if (value === null) return undefined;
    return typeof value === 'object' && !(value instanceof Password) ? value : this.#wrongKind(key, 'a list');
  }

  /** A PASSWORD, undefined where it is not set. */
  password(key: string): Password | undefined {
    const value = this.get(key);
    if (value === null) return undefined;
    return value instanceof Password ? value : this.#wrongKind(key, 'a password');
  }

  #wrongKind(key: string, wanted: string): never {
    throw new ConfigError(`Configuration '${key}' is ${displayed(this.get(key))}, not ${wanted}`);
  }
}
