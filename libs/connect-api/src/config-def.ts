/**
 * The definition of a set of properties, one declaration from which come parsing, validation, REST answers and
 * documentation. Stub of the types; the class fills it.
 */
export type ConfigType = 'BOOLEAN' | 'STRING' | 'INT' | 'SHORT' | 'LONG' | 'DOUBLE' | 'LIST' | 'CLASS' | 'PASSWORD';
export type Importance = 'HIGH' | 'MEDIUM' | 'LOW';
export type Width = 'NONE' | 'SHORT' | 'MEDIUM' | 'LONG';

/** A property's value after parsing: what `type` says; null where it is not set and has no default. */
export type ParsedValue = boolean | string | number | bigint | readonly string[] | Password | null;

/** A value that must not be printed: text and JSON forms are `[hidden]`. */
export class Password {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  /** the secret itself */
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return '[hidden]';
  }
  toJSON(): string {
    return '[hidden]';
  }
}

/** Throws a {@link ConfigError} where `value` is not allowed for the property `name`. */
export interface Validator {
  ensureValid(name: string, value: ParsedValue): void;
  /** what is allowed, for documentation */
  toString(): string;
}

/** Suggests values, and hides properties that have no meaning beside others. */
export interface Recommender {
  validValues(name: string, parsed: ReadonlyMap<string, ParsedValue>): readonly string[];
  visible(name: string, parsed: ReadonlyMap<string, ParsedValue>): boolean;
}

/** One property as its author writes it. Without `default` it is required; `default: null` means 'not set'. */
export interface ConfigKeyInit {
  readonly type: ConfigType;
  readonly default?: boolean | string | number | bigint | readonly string[] | null;
  readonly importance: Importance;
  readonly documentation: string;
  readonly group?: string;
  readonly width?: Width;
  readonly displayName?: string;
  readonly dependents?: readonly string[];
  readonly validator?: Validator;
  readonly recommender?: Recommender;
}

/** One property, complete. `orderInGroup` is -1 outside a group. */
export interface ConfigKey extends ConfigKeyInit {
  readonly name: string;
  readonly group: string | undefined;
  readonly orderInGroup: number;
  readonly width: Width;
  readonly displayName: string;
  readonly dependents: readonly string[];
  readonly required: boolean;
}

/** The outcome of one property's check; `Connector.validate` may add errors. */
export interface ConfigValue {
  readonly name: string;
  value: ParsedValue;
  recommendedValues: string[];
  readonly errors: string[];
  visible: boolean;
}

/** By property name. */
export type ConfigValues = Map<string, ConfigValue>;

/** See file comment. Made with `ConfigDef.define({ 'batch.size': { type: 'INT', default: 2000, ... } })`. */
export class ConfigDef {
  private constructor(readonly keys: ReadonlyMap<string, ConfigKey>) {}

  static define(_keys: Record<string, ConfigKeyInit>): ConfigDef {
    return new ConfigDef(new Map());
  }
}
