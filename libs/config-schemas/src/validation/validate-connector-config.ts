import {
  BadRequestError,
  ConfigDef,
  ConfigError,
  hashMapKeyOrder,
  type ConfigKeyInit,
  type ConfigValues,
} from '@tributary/connect-api';
import { HIDDEN, Secrets, soundsSecret } from '@tributary/observability';
import type { ClientKind } from '../clients/client-keys.js';
import { commonKeys } from '../connector/common-keys.js';
import { connectorDefinitions } from '../connector/connector-config.js';
import { withoutNulls, type ConverterKey } from '../connector/converter-setting.js';
import { ownDefinitions } from '../connector/own-keys.js';
import type { ConnectorPlugin, PluginLookup } from '../plugins/plugin-lookup.js';
import type { WorkerConfig } from '../worker/worker-config.js';
import { connectorSecrets } from '../secrets/connector-secrets.js';
import { aliasSection } from './alias-section.js';
import { configInfo, groupsOf, withoutSecrets, type ConfigInfo, type ConfigInfos } from './config-infos.js';
import { converterSection } from './converter-section.js';
import { javaMapText } from './java-map-text.js';
import { overrideSection } from './override-section.js';
import { ownSection } from './own-section.js';
import { checkPluginClasses, versionsOf, type ClassKey } from './plugin-classes.js';
import { checkSink } from './sink-rules.js';
import { checkSource } from './source-rules.js';

/** What a configuration is checked against. */
export interface ValidationContext {
  readonly plugins: PluginLookup;
  readonly worker: WorkerConfig;
  /** where the configuration's secrets are kept for whoever passes on errors */
  readonly secrets?: Secrets;
  /** properties whose values the client has not given, and may not see */
  readonly masked?: readonly string[];
}

/** A connector's properties as a request brings them. */
export type RawConnectorConfig = Readonly<Record<string, string | null>>;

const CONVERTERS: readonly ConverterKey[] = ['header.converter', 'key.converter', 'value.converter'];
const NO_KEYS = ConfigDef.define({});
const EVERY_CONNECTOR = ConfigDef.define(commonKeys);
const NULL_VALUE = 'Null value can not be supplied as the configuration value.';

/**
 * Checks a connector's configuration: common properties, transformations and predicates, the connector's own, the
 * overrides of its Kafka clients, its converters, those that only we have; `configs` is in this order. Values are checked
 * with the variables of config providers replaced, and shown with the variables in them, passwords nowhere. Throws a `BadRequestError` for a connector
 * class that is not given or not there, a `ConfigError` for an override that cannot be read, and whatever the connector
 * throws; everything else is an error in the answer.
 */
export async function validateConnectorConfig(
  raw: RawConnectorConfig,
  context: ValidationContext,
): Promise<ConfigInfos> {
  if (typeof raw['connector.class'] !== 'string') throw noConnectorType(raw);
  const resolution = context.worker.providers.resolution(raw);
  const { secrets = new Secrets(), masked = [] } = context;
  secrets.add(() => masked.flatMap((name) => resolution.properties[name] ?? []));
  secrets.add(() => connectorSecrets(resolution, context));
  const infos = await validateResolved(resolution.properties, context);
  return withoutSecrets(infos, { raw: { ...raw, ...maskedIn(masked) }, resolved: resolution.properties, secrets });
}

function maskedIn(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, HIDDEN]));
}

async function validateResolved(config: RawConnectorConfig, context: ValidationContext): Promise<ConfigInfos> {
  const { plugins, worker } = context;
  const className = config['connector.class'] ?? '';
  const version = config['connector.plugin.version'];
  const { plugin, versionError } = connectorPlugin(className, version, plugins);
  const connector = plugin.create();
  const props = withoutNulls(config);

  const common = commonSection(config, plugin, versionError === undefined, context);
  if (versionError !== undefined) {
    for (const key of ['connector.class', 'connector.plugin.version'])
      common.values.get(key)?.errors.push(versionError);
  } else if (plugin.kind === 'source') checkSource(common.values, props, plugin.create(), worker);
  else checkSink(common.values, config, worker);
  const own = versionError === undefined ? connector.config().without(common.definition.keys.keys()) : NO_KEYS;
  checkNulls(config, common.values, own);

  const ownValues = own.validateAll(config);
  if (versionError === undefined) await connector.validate?.(props, ownValues);

  const known = [...entries(common.definition, common.values), ...entries(own, ownValues)];
  const more = [
    ...overriddenClients(plugin, config, worker).flatMap((kind) => overrideSection(kind, config, worker)),
    ...CONVERTERS.flatMap((key) => converterSection(key, config, worker, plugins)),
  ];
  const ours = ownSection(ownDefinitions[plugin.kind].without(own.keys.keys()), config);
  const configs = [...known, ...more, ...ours];
  return {
    name: className,
    error_count:
      count([...known, ...ours], ({ value }) => value.errors.length) +
      count(more, ({ value }) => Math.min(value.errors.length, 1)),
    groups: groupsOf(configs),
    configs,
  };
}

/** The error for a configuration that does not say which connector it is for: what is secret in it only names tell. */
export function noConnectorType(config: RawConnectorConfig): BadRequestError {
  const shown = Object.entries(config).map(([name, value]): [string, string | null] => [
    name,
    value !== null && soundsSecret(name) ? HIDDEN : value,
  ]);
  return new BadRequestError(`Connector config ${javaMapText(Object.fromEntries(shown))} contains no connector type`);
}

/** Of a version that is not there the newest stands in, so that the common properties can be checked too. */
function connectorPlugin(className: string, version: string | null | undefined, plugins: PluginLookup) {
  try {
    return { plugin: plugins.connector(className, version), versionError: undefined };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { plugin: plugins.connector(className), versionError: error.message };
  }
}

/**
 * Common properties and those of the kind, with this worker's defaults, then transformations and predicates. Where the
 * version of the connector is not `available`, only those that every connector has, without defaults.
 */
function commonSection(
  config: RawConnectorConfig,
  plugin: ConnectorPlugin,
  available: boolean,
  { plugins, worker }: ValidationContext,
) {
  const transforms = aliasSection('transforms', config, plugins);
  const predicates = aliasSection('predicates', config, plugins);
  const classKeys: ClassKey[] = CONVERTERS.map((key) => ({
    key,
    versionKey: `${key}.plugin.version`,
    kind: key === 'header.converter' ? 'header_converter' : 'converter',
    given: typeof config[key] === 'string',
  }));
  const defaults = new Map<string, string | null>([['connector.plugin.version', plugin.version ?? null]]);
  for (const { key, versionKey, kind } of available ? classKeys : []) {
    const workers = worker.optionalString(key);
    const found = workers === undefined ? undefined : plugins.find(kind, workers);
    const effective = config[key] ?? workers;
    defaults.set(key, found?.className ?? workers ?? null);
    defaults.set(
      versionKey,
      (effective === undefined ? undefined : plugins.find(kind, effective.trim())?.version) ?? null,
    );
  }
  const definition = withDefaults(available ? connectorDefinitions[plugin.kind] : EVERY_CONNECTOR, defaults)
    .with(transforms.definition)
    .with(predicates.definition);
  const values = definition.validateAll(config);
  const checked = available ? classKeys : classKeys.filter(({ given }) => given);
  for (const { versionKey } of classKeys) hide(values, versionKey);
  checkPluginClasses(values, [...checked, ...transforms.classKeys, ...predicates.classKeys], config, plugins);
  if (!available) recommendNothing(values, checked);
  checkNegation(config, values, transforms.classKeys);
  const version = values.get('connector.plugin.version');
  if (version !== undefined) version.recommendedValues = versionsOf(plugins, plugin.kind, plugin.className);
  return { definition, values };
}

/** Without the connector nothing is known of what its converters may be. */
function recommendNothing(values: ConfigValues, classKeys: readonly ClassKey[]): void {
  for (const key of classKeys.flatMap((each) => [each.key, each.versionKey])) {
    const value = values.get(key);
    if (value !== undefined) value.recommendedValues = [];
  }
}

/** The version of a class is shown once there is a class. */
function hide(values: ConfigValues, key: string): void {
  const value = values.get(key);
  if (value !== undefined) value.visible = false;
}

function withDefaults(definition: ConfigDef, defaults: ReadonlyMap<string, string | null>): ConfigDef {
  const keys = [...definition.keys.values()].map((key): [string, ConfigKeyInit] => {
    const { group, default: original, ...rest } = key;
    const value = defaults.has(key.name) ? (defaults.get(key.name) ?? null) : original;
    return [
      key.name,
      { ...rest, ...(group === undefined ? {} : { group }), ...(value === undefined ? {} : { default: value }) },
    ];
  });
  return ConfigDef.define(Object.fromEntries(keys));
}

function checkNegation(config: RawConnectorConfig, values: ConfigValues, transforms: readonly ClassKey[]): void {
  for (const { key } of transforms) {
    const prefix = key.slice(0, -'type'.length);
    if (config[`${prefix}negate`] === undefined || config[`${prefix}predicate`] !== undefined) continue;
    const value = values.get(key);
    if (value === undefined) continue;
    // It is told instead of all else that is wrong with a class that was found.
    if (value.value !== null) value.errors.length = 0;
    value.errors.push(
      `Config '${prefix}negate' was provided but there is no config '${prefix}predicate' defining a predicate to be negated.`,
    );
  }
}

/** Null is a value that only the connector itself may give a meaning to. */
function checkNulls(config: RawConnectorConfig, values: ConfigValues, own: ConfigDef): void {
  for (const [name, text] of Object.entries(config)) {
    if (text !== null || own.keys.has(name)) continue;
    const value = values.get(name) ?? { name, value: null, recommendedValues: [], errors: [], visible: true };
    value.errors.push(NULL_VALUE);
    values.set(name, value);
  }
}

/** Undefined properties that a check has met, in the order of a HashMap of all, then the defined ones. */
function entries(definition: ConfigDef, values: ConfigValues): ConfigInfo[] {
  const undefinedNames = hashMapKeyOrder([...values.keys()]).filter((name) => !definition.keys.has(name));
  const undefinedOnes = undefinedNames.flatMap((name) => values.get(name) ?? []);
  const definedOnes = [...definition.keys.keys()].flatMap((name) => values.get(name) ?? []);
  return [...undefinedOnes, ...definedOnes].map((value) => configInfo(definition.keys.get(value.name), value));
}

/** The kinds of Kafka clients that a connector with these properties will have. */
function overriddenClients(plugin: ConnectorPlugin, config: RawConnectorConfig, worker: WorkerConfig): ClientKind[] {
  const deadLetters = (config['errors.deadletterqueue.topic.name'] ?? '').trim() !== '';
  if (plugin.kind === 'sink') {
    return deadLetters ? ['producer', 'consumer', 'admin'] : ['consumer'];
  }
  const ownOffsets =
    (config['offsets.storage.topic'] ?? '').trim() !== '' ||
    worker.string('exactly.once.source.support').toLowerCase() === 'enabled';
  const creates =
    worker.boolean('topic.creation.enable') && Object.keys(config).some((name) => name.startsWith('topic.creation.'));
  return [
    'producer',
    ...(ownOffsets ? (['consumer'] as const) : []),
    ...(ownOffsets || creates || deadLetters ? (['admin'] as const) : []),
  ];
}

function count(configs: readonly ConfigInfo[], weight: (config: ConfigInfo) => number): number {
  return configs.reduce((sum, config) => sum + weight(config), 0);
}
