import { ConfigError } from '@tributary/connect-api';

/**
 * The `ssl.*` properties of one client or listener. Values are read without the space around them; an empty one counts
 * as not given. Errors name the property as it stands in the file, with its prefix.
 */
export class SslProperties {
  constructor(
    private readonly properties: Readonly<Record<string, string | undefined>>,
    /** what stands before `ssl.` in the names, e.g. `listeners.https.` */
    private readonly prefix = '',
  ) {}

  get(name: string): string | undefined {
    const value = this.given(name);
    return value === '' ? undefined : value;
  }

  /** As `get`, but an empty value is one. */
  given(name: string): string | undefined {
    return this.properties[this.fullName(name)]?.trim();
  }

  list(name: string): string[] {
    const items = (this.get(name) ?? '').split(',').map((item) => item.trim());
    return items.filter((item) => item !== '');
  }

  fullName(name: string): string {
    return this.prefix + name;
  }

  /** Never for a property that holds a secret: the value is in the message. */
  invalid(name: string, value: string, reason: string, cause?: unknown): ConfigError {
    const message = `Invalid value ${value} for configuration ${this.fullName(name)}: ${reason}`;
    return new ConfigError(message, cause === undefined ? undefined : { cause });
  }

  oneOf<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
    const value = this.get(name);
    if (value === undefined) return fallback;
    const found = allowed.find((each) => each === value);
    if (found === undefined) throw this.invalid(name, value, `String must be one of: ${allowed.join(', ')}`);
    return found;
  }
}
