import { ConfigDef, type ConfigKey, type ConfigKeyInit, type ParsedValue, type RawProps } from '@tributary/connect-api';
import type { PluginLookup } from '../plugins/plugin-lookup.js';
import type { ClassKey } from './plugin-classes.js';

const WORDS = {
  transforms: { kind: 'transformation', group: 'Transforms', title: 'Transformation' },
  predicates: { kind: 'predicate', group: 'Predicates', title: 'Predicate' },
} as const;

const IMPORTANCE = ['HIGH', 'MEDIUM', 'LOW'];

/** The properties of all transformations or predicates that a configuration names. */
export interface AliasSection {
  readonly definition: ConfigDef;
  readonly classKeys: readonly ClassKey[];
}

/**
 * For each alias: its type and version, then the plugin's own properties (and `negate` and `predicate` for
 * transformations), required ones first, then by importance and name. Of an unknown plugin only type and version.
 */
export function aliasSection(
  section: 'transforms' | 'predicates',
  config: RawProps,
  plugins: PluginLookup,
): AliasSection {
  const { kind } = WORDS[section];
  const aliases = aliasesIn(config[section]);
  const keys = aliases.flatMap((alias) => Object.entries(aliasKeys(section, alias, config, plugins)));
  return {
    definition: ConfigDef.define(Object.fromEntries(keys)),
    classKeys: aliases.map((alias) => ({
      kind,
      given: true,
      key: `${section}.${alias}.type`,
      versionKey: `${section}.${alias}.plugin.version`,
    })),
  };
}

function aliasesIn(list: string | null | undefined): string[] {
  const text = (list ?? '').trim();
  return text === '' ? [] : [...new Set(text.split(/\s*,\s*/))];
}

function aliasKeys(
  section: 'transforms' | 'predicates',
  alias: string,
  config: RawProps,
  plugins: PluginLookup,
): Record<string, ConfigKeyInit> {
  const { kind, title } = WORDS[section];
  const prefix = `${section}.${alias}.`;
  const group = `${WORDS[section].group}: ${alias}`;
  // A class with blanks around it is found, but not asked for its properties.
  const type = config[`${prefix}type`];
  const plugin = typeof type === 'string' ? plugins.find(kind, type) : undefined;
  const word = title.toLowerCase();
  const keys: Record<string, ConfigKeyInit> = {
    [`${prefix}type`]: {
      type: 'CLASS',
      importance: 'HIGH',
      group,
      orderInGroup: 0,
      width: 'LONG',
      displayName: `${title} type for ${alias}`,
      documentation: `Class of the ${word} '${alias}'.`,
    },
    [`${prefix}plugin.version`]: {
      type: 'STRING',
      default: plugin?.version ?? null,
      importance: 'HIGH',
      group,
      orderInGroup: 1,
      width: 'LONG',
      displayName: `${title} version for ${alias}`,
      documentation: `Version of the ${word} '${alias}', or a range of versions; not set: the newest.`,
    },
  };
  if (plugin === undefined || !isAvailable(plugins, kind, plugin.className, config[`${prefix}plugin.version`]))
    return keys;
  const own = [...plugin.create().config().keys.values(), ...(section === 'transforms' ? predicateKeys() : [])];
  for (const [index, key] of own.sort(byNeed).entries()) {
    keys[prefix + key.name] = { ...embedded(key, prefix), group, orderInGroup: index + 2 };
  }
  return keys;
}

function isAvailable(
  plugins: PluginLookup,
  kind: 'transformation' | 'predicate',
  name: string,
  version: string | null | undefined,
): boolean {
  try {
    return plugins.find(kind, name, version?.trim()) !== undefined;
  } catch {
    return false;
  }
}

function predicateKeys(): Iterable<ConfigKey> {
  return ConfigDef.define({
    predicate: {
      type: 'STRING',
      default: null,
      importance: 'MEDIUM',
      documentation: 'Alias of a predicate: the transformation applies only to the records that it accepts.',
    },
    negate: {
      type: 'BOOLEAN',
      default: false,
      importance: 'MEDIUM',
      documentation: 'Whether it applies to the other records instead.',
    },
  }).keys.values();
}

/** A plugin's key under a longer name. Its validator and recommender go on seeing the name that they know. */
function embedded(key: ConfigKey, prefix: string): ConfigKeyInit {
  const { validator, recommender, group: _group, orderInGroup: _order, default: defaultValue, ...rest } = key;
  const inner = (parsed: ReadonlyMap<string, ParsedValue>): ReadonlyMap<string, ParsedValue> =>
    new Map(
      [...parsed]
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, value]) => [name.slice(prefix.length), value]),
    );
  return {
    ...rest,
    ...(defaultValue === undefined ? {} : { default: defaultValue }),
    dependents: key.dependents.map((name) => prefix + name),
    ...(validator === undefined
      ? {}
      : {
          validator: {
            ensureValid: (_name, value) => validator.ensureValid(key.name, value),
            toString: () => String(validator),
          },
        }),
    ...(recommender === undefined
      ? {}
      : {
          recommender: {
            validValues: (_name, parsed) => recommender.validValues(key.name, inner(parsed)),
            visible: (_name, parsed) => recommender.visible(key.name, inner(parsed)),
          },
        }),
  };
}

function byNeed(a: ConfigKey, b: ConfigKey): number {
  if (a.required !== b.required) return a.required ? -1 : 1;
  return IMPORTANCE.indexOf(a.importance) - IMPORTANCE.indexOf(b.importance) || (a.name < b.name ? -1 : 1);
}
