import { ConfigError } from '@tributary/connect-api';
import type { ClientProperties } from '../api.js';

/** Reads typed values out of Java-style properties. Every method throws a ConfigError that names property and value. */
export class PropertyReader {
  constructor(readonly properties: ClientProperties) {}

  /** Undefined where the property is missing or empty. */
  optional(name: string): string | undefined {
    const value = this.properties[name]?.trim();
    return value === undefined || value === '' ? undefined : value;
  }

  required(name: string): string {
    const value = this.optional(name);
    if (value === undefined) {
      throw new ConfigError(`Missing required configuration "${name}" which has no default value.`);
    }
    return value;
  }

  /** A whole number not below `min`. */
  integer(name: string, fallback: number, min = 0): number {
    const text = this.optional(name);
    if (text === undefined) return fallback;
    const value = Number(text);
    if (!/^[+-]?\d+$/.test(text) || !Number.isFinite(value)) {
      throw new ConfigError(`Invalid value ${text} for configuration ${name}: Not a number of type LONG`);
    }
    if (value < min) {
      throw new ConfigError(`Invalid value ${text} for configuration ${name}: Value must be at least ${min}`);
    }
    return value;
  }

  boolean(name: string, fallback: boolean): boolean {
    const text = this.optional(name)?.toLowerCase();
    if (text === undefined) return fallback;
    if (text === 'true') return true;
    if (text === 'false') return false;
    throw new ConfigError(`Invalid value ${text} for configuration ${name}: Expected value to be either true or false`);
  }

  oneOf<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
    const text = this.optional(name);
    if (text === undefined) return fallback;
    const found = allowed.find((value) => value === text);
    if (found === undefined) {
      throw new ConfigError(
        `Invalid value ${text} for configuration ${name}: String must be one of: ${allowed.join(', ')}`,
      );
    }
    return found;
  }

  list(name: string): string[] {
    return (this.optional(name) ?? '')
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }
}
