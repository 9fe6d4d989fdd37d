import { Config } from './config.js';
import { parseConfigValue, printed } from './config-parse.js';
import type {
  ConfigKey,
  ConfigKeyInfo,
  ConfigKeyInit,
  ConfigValue,
  ConfigValues,
  ParsedValue,
  RawProps,
} from './config-key.js';
import { ConfigError } from './errors.js';

export {
  Password,
  type ConfigKey,
  type ConfigKeyInfo,
  type ConfigKeyInit,
  type ConfigType,
  type ConfigValue,
  type ConfigValues,
  type Importance,
  type ParsedValue,
  type RawProps,
  type Recommender,
  type Validator,
  type Width,
} from './config-key.js';

/**
 * The definition of a set of properties, one declaration from which come parsing, validation, REST answers and
 * documentation. Immutable; keys stay in the order in which they were defined.
 *
 *     ConfigDef.define({ 'batch.size': { type: 'INT', default: 2000, importance: 'LOW', documentation: '...' } })
 */
export class ConfigDef {
  private constructor(readonly keys: ReadonlyMap<string, ConfigKey>) {}

  static define(keys: Readonly<Record<string, ConfigKeyInit>>): ConfigDef {
    return new ConfigDef(new Map()).#add(Object.entries(keys));
  }

  /** This definition and then the other's keys; throws a {@link ConfigError} where both have one of the same name. */
  with(other: ConfigDef): ConfigDef {
    for (const name of other.keys.keys()) {
      if (this.keys.has(name)) throw new ConfigError(`Configuration ${name} is defined twice.`);
    }
    return new ConfigDef(new Map([...this.keys, ...other.keys]));
  }

  /** This definition and then these keys, see {@link with}. */
  extend(keys: Readonly<Record<string, ConfigKeyInit>>): ConfigDef {
    return this.with(ConfigDef.define(keys));
  }

  /** This definition without some of its keys. */
  without(names: Iterable<string>): ConfigDef {
    const left = new Map(this.keys);
    for (const name of names) left.delete(name);
    return new ConfigDef(left);
  }

  /** Reads all keys; properties that are not defined are ignored. Throws a {@link ConfigError} for the first that is wrong. */
  parse(props: RawProps): Config {
    const values = new Map<string, ParsedValue>();
    for (const key of this.keys.values()) values.set(key.name, this.parseValue(key.name, props[key.name]));
    return new Config(values);
  }

  /** Reads and checks one property; undefined takes the default. */
  parseValue(name: string, text: string | null | undefined): ParsedValue {
    const key = this.#key(name);
    if (text === undefined && key.required) throw new ConfigError(missing(name));
    const given = text === undefined ? defaultOf(key) : parseConfigValue(name, text, key.type);
    const value = key.validator?.dropsRepeats === true && isList(given) ? [...new Set(given)] : given;
    key.validator?.ensureValid(name, value);
    return value;
  }

  /** Checks every key and collects the errors per key, with defaults filled in and values suggested; never throws a {@link ConfigError}. */
  validateAll(props: RawProps): ConfigValues {
    const values: ConfigValues = new Map();
    const parsed = new Map<string, ParsedValue>();
    for (const key of this.keys.values()) {
      const value = checked(key, props[key.name]);
      values.set(key.name, value);
      parsed.set(key.name, value.value);
    }
    for (const key of this.keys.values()) recommend(key, parsed, values);
    for (const name of this.#undefinedDependents()) {
      values.set(name, {
        name,
        value: null,
        recommendedValues: [],
        visible: false,
        errors: [`${name} is referred in the dependents, but not defined.`],
      });
    }
    return values;
  }

  /** All keys as REST clients see them. */
  toKeyInfos(): ConfigKeyInfo[] {
    return [...this.keys.values()].map(keyInfo);
  }

  #add(entries: readonly (readonly [string, ConfigKeyInit])[]): ConfigDef {
    const keys = new Map(this.keys);
    const used = new Map<string, number>();
    for (const [name, init] of entries) {
      const next = init.orderInGroup ?? (init.group === undefined ? -1 : (used.get(init.group) ?? 0) + 1);
      if (init.group !== undefined) used.set(init.group, next);
      keys.set(name, completed(name, init, next));
    }
    return new ConfigDef(keys);
  }

  #key(name: string): ConfigKey {
    const key = this.keys.get(name);
    if (key === undefined) throw new ConfigError(`Unknown configuration '${name}'`);
    return key;
  }

  #undefinedDependents(): Set<string> {
    const names = [...this.keys.values()].flatMap((key) => key.dependents);
    return new Set(names.filter((name) => !this.keys.has(name)));
  }
}

/** One key as REST clients see it. */
export function keyInfo(key: ConfigKey): ConfigKeyInfo {
  return {
    name: key.name,
    type: key.type,
    required: key.required,
    default_value: key.required ? null : printed(defaultOf(key)),
    importance: key.importance,
    documentation: key.documentation,
    group: key.group ?? null,
    order_in_group: key.orderInGroup,
    width: key.width,
    display_name: key.displayName,
    dependents: key.dependents,
  };
}

function completed(name: string, init: ConfigKeyInit, orderInGroup: number): ConfigKey {
  const required = init.default === undefined;
  const key: ConfigKey = {
    ...init,
    name,
    group: init.group,
    orderInGroup,
    width: init.width ?? 'NONE',
    displayName: init.displayName ?? name,
    dependents: init.dependents ?? [],
    required,
  };
  if (!required) key.validator?.ensureValid(name, defaultOf(key));
  return key;
}

/** Texts stand for what they parse to, so that a definition may say `default: 'a,b'` for a LIST. */
function defaultOf(key: ConfigKey): ParsedValue {
  const value = key.default ?? null;
  return typeof value === 'string' ? parseConfigValue(key.name, value, key.type) : value;
}

/** A value that cannot be read is checked as null too, so that a user sees all that is wrong with it. */
function checked(key: ConfigKey, text: string | null | undefined): ConfigValue {
  const errors: string[] = [];
  const collect = <T>(read: () => T): T | null => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      errors.push(error.message);
      return null;
    }
  };
  let value: ParsedValue = null;
  if (text !== undefined) value = collect(() => parseConfigValue(key.name, text, key.type));
  else if (key.required) errors.push(missing(key.name));
  else value = defaultOf(key);
  collect(() => key.validator?.ensureValid(key.name, value));
  return { name: key.name, value, recommendedValues: [], errors, visible: true };
}

function recommend(key: ConfigKey, parsed: ReadonlyMap<string, ParsedValue>, values: ConfigValues): void {
  const value = values.get(key.name);
  if (key.recommender === undefined || value === undefined) return;
  try {
    value.recommendedValues = [...key.recommender.validValues(key.name, parsed)];
    value.visible = key.recommender.visible(key.name, parsed);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    value.errors.push(error.message);
  }
}

function isList(value: ParsedValue): value is readonly string[] {
  return Array.isArray(value);
}

function missing(name: string): string {
  return `Missing required configuration "${name}" which has no default value.`;
}
