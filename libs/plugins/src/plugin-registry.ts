import {
  BadRequestError,
  ConfigError,
  ConnectError,
  type Converter,
  type HeaderConverter,
  type PluginManifest,
  type Predicate,
  type SinkConnector,
  type SourceConnector,
  type Transformation,
} from '@tributary/connect-api';
import type { ConnectorPlugin, Plugin, PluginKind, PluginLookup } from '@tributary/config-schemas';
import { loggerFor } from '@tributary/observability';
import { describePlugins, type AnyPlugin } from './describe-plugins.js';
import { loadPackage, packagesIn, type LoadedPackage } from './load-package.js';
import { aliasesOf, prunedName, simpleName } from './plugin-names.js';
import { compareVersions, VersionRange } from './version-range.js';

const log = loggerFor('plugins');

/** The order of GET /connector-plugins. */
const KINDS: readonly PluginKind[] = ['sink', 'source', 'transformation', 'predicate', 'converter', 'header_converter'];

/** Where to load from. */
export interface PluginSources {
  /** directories whose children are plugin packages */
  readonly pluginPath: readonly string[];
  /** manifests that come with the program */
  readonly builtIns: readonly PluginManifest[];
}

/** An entry of GET /connector-plugins. */
export interface PluginInfo {
  readonly class: string;
  readonly type: PluginKind;
  readonly version?: string;
}

/**
 * All plugins, found once at start. A package that cannot be loaded costs one error line and nothing else. Of equal
 * classes and versions the first one found counts, built-ins first.
 */
export class PluginRegistry implements PluginLookup {
  readonly #plugins: readonly AnyPlugin[];
  readonly #aliases: ReadonlyMap<string, string>;

  private constructor(plugins: readonly AnyPlugin[]) {
    const distinct = new Map<string, AnyPlugin>();
    for (const plugin of plugins) {
      const id = `${plugin.kind} ${plugin.className} ${plugin.version}`;
      if (!distinct.has(id)) distinct.set(id, plugin);
      else log.warn({ class: plugin.className, location: plugin.location }, 'ignored a second copy of a plugin');
    }
    this.#plugins = [...distinct.values()].sort(byKindAndName);
    this.#aliases = aliasesOf(this.#plugins, (message) => log.warn(message));
  }

  static async load({ pluginPath, builtIns }: PluginSources): Promise<PluginRegistry> {
    const packages: LoadedPackage[] = builtIns.map((manifest) => ({
      manifest,
      location: 'classpath',
      version: undefined,
    }));
    for (const directory of pluginPath) packages.push(...(await loadDirectory(directory)));
    return new PluginRegistry(packages.flatMap((loaded) => describePlugins(loaded, reportFailure)));
  }

  list({ connectorsOnly }: { readonly connectorsOnly: boolean }): PluginInfo[] {
    const listed = this.#plugins.filter(({ kind }) => !connectorsOnly || kind === 'sink' || kind === 'source');
    return listed.map(({ className, kind, version }) => ({
      class: className,
      type: kind,
      ...(version === undefined ? {} : { version }),
    }));
  }

  all<K extends PluginKind>(kind: K): readonly Plugin<K>[] {
    return this.#plugins.filter((plugin): plugin is AnyPlugin & Plugin<K> => plugin.kind === kind);
  }

  find<K extends PluginKind>(kind: K, name: string, version?: string | null): Plugin<K> | undefined {
    const className = this.#aliases.get(name) ?? name;
    const candidates = this.all(kind).filter((plugin) => plugin.className === className);
    return candidates.length === 0 ? undefined : chosen(candidates, version);
  }

  connector(name: string, version?: string | null): ConnectorPlugin {
    const found = this.find('sink', name, version) ?? this.find('source', name, version);
    if (found !== undefined) return found;
    const connectors: readonly ConnectorPlugin[] = [...this.all('sink'), ...this.all('source')];
    const matching = connectors.filter(
      ({ kind, className }) => simpleName(className) === name || prunedName(kind, className) === name,
    );
    if (matching.length > 0) {
      throw new BadRequestError(
        `More than one connector matches alias ${name}. Please use full package and class name instead. ` +
          `Classes found: ${connectorTexts(matching)}`,
      );
    }
    throw new BadRequestError(
      `Failed to find any class that implements Connector and which name matches ${name}, ` +
        `available connectors are: ${connectorTexts(connectors)}`,
    );
  }

  /** Any plugin by any of its names; of several kinds the first in the order of {@link list}. */
  any(name: string, version?: string | null): AnyPlugin | undefined {
    const className = this.#aliases.get(name) ?? name;
    const candidates = this.#plugins.filter((plugin) => plugin.className === className);
    const [first] = candidates;
    return first === undefined
      ? undefined
      : chosen(
          candidates.filter(({ kind }) => kind === first.kind),
          version,
        );
  }

  newConnector(name: string, version?: string | null): SourceConnector | SinkConnector {
    return this.connector(name, version).create();
  }

  newConverter(name: string, version?: string | null): Converter {
    return this.#required('converter', name, version).create();
  }

  newHeaderConverter(name: string, version?: string | null): HeaderConverter {
    return this.#required('header_converter', name, version).create();
  }

  newTransformation(name: string, version?: string | null): Transformation {
    return this.#required('transformation', name, version).create();
  }

  newPredicate(name: string, version?: string | null): Predicate {
    return this.#required('predicate', name, version).create();
  }

  #required<K extends PluginKind>(kind: K, name: string, version: string | null | undefined): Plugin<K> {
    const found = this.find(kind, name, version);
    if (found !== undefined) return found;
    const available = [...new Set(this.all(kind).map(({ className }) => className))].join(', ');
    throw new ConnectError(
      `Failed to find any ${kind.replace('_', ' ')} with the name ${name}, available are: ${available}`,
    );
  }
}

async function loadDirectory(directory: string): Promise<LoadedPackage[]> {
  let paths: string[];
  try {
    paths = await packagesIn(directory);
  } catch (error) {
    reportFailure(`Could not read the plugin.path entry ${directory}`, error);
    return [];
  }
  const loaded: LoadedPackage[] = [];
  for (const path of paths) {
    try {
      loaded.push(await loadPackage(path));
    } catch (error) {
      reportFailure(`Could not load the plugin package ${path}`, error);
    }
  }
  return loaded;
}

function reportFailure(problem: string, error: unknown): void {
  log.error({ err: error }, `${problem}: ${error instanceof Error ? error.message : String(error)}`);
}

/** The newest, or the newest that the wanted version allows; a candidate without a version is as old as can be. */
function chosen<P extends AnyPlugin | Plugin>(
  candidates: readonly P[],
  version: string | null | undefined,
): P | undefined {
  const range = version === undefined || version === null ? undefined : VersionRange.parse(version);
  const fitting = range === undefined ? candidates : candidates.filter((each) => range.contains(each.version ?? ''));
  const newest = fitting.at(-1);
  if (newest === undefined && range !== undefined) {
    const versions = candidates.map((each) => each.version ?? 'undefined').join(', ');
    throw new ConfigError(
      `Plugin ${candidates[0]?.className} not found that matches the version range ${range}, available versions: [${versions}]`,
    );
  }
  return newest;
}

function byKindAndName(a: AnyPlugin, b: AnyPlugin): number {
  if (a.kind !== b.kind) return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind);
  if (a.className !== b.className) return a.className < b.className ? -1 : 1;
  return compareVersions(a.version ?? '', b.version ?? '');
}

function connectorTexts(connectors: readonly ConnectorPlugin[]): string {
  return connectors
    .map(
      ({ className, kind, version = 'undefined', location }) =>
        `PluginDesc{klass=class ${className}, name='${className}', version='${version}', encodedVersion=${version}, ` +
        `type=${kind}, typeName='${kind}', location='${location}'}`,
    )
    .join(', ');
}
