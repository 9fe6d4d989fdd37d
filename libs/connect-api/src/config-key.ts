/** The building blocks of a {@link ConfigDef}: what a property is, and what comes of reading it. */
export type ConfigType = 'BOOLEAN' | 'STRING' | 'INT' | 'SHORT' | 'LONG' | 'DOUBLE' | 'LIST' | 'CLASS' | 'PASSWORD';
export type Importance = 'HIGH' | 'MEDIUM' | 'LOW';
export type Width = 'NONE' | 'SHORT' | 'MEDIUM' | 'LONG';

/**
 * A property's value after parsing: what `type` says; null where it is not set and has no default. A LONG is a number
 * while that is exact and a bigint beyond; a CLASS is the class's name.
 */
export type ParsedValue = boolean | string | number | bigint | readonly string[] | Password | null;

/** Properties before parsing. A null is a value that was given, as JSON's null; an absent key is one that was not. */
export type RawProps = Readonly<Record<string, string | null | undefined>>;

/** A value that must not be printed: text, JSON and inspected forms are `[hidden]`. */
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
  /** true: a list is read without what repeats in it, though validation refuses such a list */
  readonly dropsRepeats?: boolean;
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
  /** position among the group's keys; the next free one where it is absent */
  readonly orderInGroup?: number;
  readonly width?: Width;
  readonly displayName?: string;
  /** keys whose suggestions or visibility depend on this one */
  readonly dependents?: readonly string[];
  readonly validator?: Validator;
  readonly recommender?: Recommender;
}

/** One property, complete. `orderInGroup` is -1 outside a group. */
export interface ConfigKey extends Omit<ConfigKeyInit, 'group'> {
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

/** A property's definition as REST clients see it; the order of the fields is the reference's. */
export interface ConfigKeyInfo {
  readonly name: string;
  readonly type: ConfigType;
  readonly required: boolean;
  readonly default_value: string | null;
  readonly importance: Importance;
  readonly documentation: string;
  readonly group: string | null;
  readonly order_in_group: number;
  readonly width: Width;
  readonly display_name: string;
  readonly dependents: readonly string[];
}
