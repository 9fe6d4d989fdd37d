import {
  BadRequestError,
  ConfigError,
  type ConfigValue,
  type ConfigValues,
  type RawProps,
} from '@tributary/connect-api';
import type { PluginKind, PluginLookup } from '../plugins/plugin-lookup.js';

const INTERFACES: Readonly<Record<PluginKind, string>> = {
  sink: 'SinkConnector',
  source: 'SourceConnector',
  transformation: 'Transformation',
  predicate: 'Predicate',
  converter: 'Converter',
  header_converter: 'HeaderConverter',
};
const KINDS = Object.keys(INTERFACES).filter((kind): kind is PluginKind => kind in INTERFACES);

/** A property that names a plugin's class. Its version stands in `<key>.plugin.version`, or beside it for `<alias>.type`. */
export interface ClassKey {
  readonly key: string;
  readonly versionKey: string;
  readonly kind: PluginKind;
  /** false: the class is a default, which is not this configuration's to answer for */
  readonly given: boolean;
}

/** Checks the classes that properties name: replaces aliases by class names, suggests classes and versions, adds errors. */
export function checkPluginClasses(
  values: ConfigValues,
  classKeys: readonly ClassKey[],
  config: RawProps,
  plugins: PluginLookup,
): void {
  for (const classKey of classKeys) {
    const value = values.get(classKey.key);
    const version = values.get(classKey.versionKey);
    if (value === undefined || version === undefined) continue;
    value.recommendedValues = distinct(plugins.all(classKey.kind).map(({ className }) => className));
    if (classKey.given) checkClass(value, version, config[classKey.key] ?? '', classKey.kind, plugins);
    else checkRange(value, version, classKey.kind, plugins);
    version.visible = value.value !== null || classKey.key.endsWith('.type');
    version.recommendedValues = versionsOf(plugins, classKey.kind, value.value);
  }
}

/** All versions of a class. */
export function versionsOf(plugins: PluginLookup, kind: PluginKind, className: unknown): string[] {
  const versions = plugins
    .all(kind)
    .filter((plugin) => plugin.className === className)
    .map(({ version }) => version ?? 'undefined');
  return distinct(versions);
}

function checkClass(
  value: ConfigValue,
  version: ConfigValue,
  given: string,
  kind: PluginKind,
  plugins: PluginLookup,
): void {
  const name = value.value;
  if (typeof name !== 'string') return;
  const newest = plugins.find(kind, name);
  if (newest !== undefined) {
    value.value = newest.className;
    checkVersion(newest.className, value, version, kind, plugins);
    return;
  }
  const other = KINDS.map((each) => plugins.find(each, name)).find((plugin) => plugin !== undefined);
  if (other !== undefined) {
    value.value = other.className;
    value.errors.push(`Class class ${other.className} does not implement the ${INTERFACES[kind]} interface`);
    return;
  }
  const variants = distinct(plugins.all(kind).map(({ className }) => className)).filter((each) =>
    each.startsWith(`${name}$`),
  );
  if (variants.length > 0) {
    value.errors.push(`This class is abstract and cannot be created. Did you mean ${variants.join(', ')}?`);
    return;
  }
  value.value = null;
  value.errors.push(`Invalid value ${given} for configuration ${value.name}: Class ${given} could not be found.`);
}

/** Of a class that is a default only the form of its version is this configuration's to answer for. */
function checkRange(value: ConfigValue, version: ConfigValue, kind: PluginKind, plugins: PluginLookup): void {
  if (typeof value.value !== 'string' || typeof version.value !== 'string') return;
  try {
    plugins.find(kind, value.value, version.value);
  } catch (error) {
    if (error instanceof BadRequestError) version.errors.push(error.message);
    else if (!(error instanceof ConfigError)) throw error;
  }
}

function checkVersion(
  className: string,
  value: ConfigValue,
  version: ConfigValue,
  kind: PluginKind,
  plugins: PluginLookup,
): void {
  if (typeof version.value !== 'string') return;
  try {
    plugins.find(kind, className, version.value);
  } catch (error) {
    const malformed = error instanceof BadRequestError;
    if (!malformed && !(error instanceof ConfigError)) throw error;
    if (!malformed || value.name.endsWith('.type')) value.errors.push(error.message);
    version.errors.push(error.message);
  }
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
