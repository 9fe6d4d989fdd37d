import type {
  Converter,
  HeaderConverter,
  Predicate,
  SinkConnector,
  SourceConnector,
  Transformation,
} from '@tributary/connect-api';

/** What a plugin of each kind makes; the words are those of GET /connector-plugins. */
export interface PluginTypes {
  readonly sink: SinkConnector;
  readonly source: SourceConnector;
  readonly transformation: Transformation;
  readonly predicate: Predicate;
  readonly converter: Converter;
  readonly header_converter: HeaderConverter;
}

export type PluginKind = keyof PluginTypes;

/** One class that a plugin package offers. A class with two kinds, as many converters, is two plugins. */
export interface Plugin<K extends PluginKind = PluginKind> {
  readonly kind: K;
  readonly className: string;
  /** undefined where neither the class nor its package says */
  readonly version: string | undefined;
  /** where it was loaded from, for messages */
  readonly location: string;
  /** A new instance that is not configured yet. */
  create(): PluginTypes[K];
}

export type ConnectorPlugin = Plugin<'source'> | Plugin<'sink'>;

/**
 * Finds plugins by full class name, simple name or alias (the simple name without its suffix). `version` is one version,
 * a Maven version range, `latest` or nothing for the newest.
 */
export interface PluginLookup {
  /** Throws a `BadRequestError` where there is none or more than one, a `ConfigError` where the version is not there. */
  connector(name: string, version?: string | null): ConnectorPlugin;
  /** Undefined where there is none; throws a `ConfigError` where the version is not there. */
  find<K extends PluginKind>(kind: K, name: string, version?: string | null): Plugin<K> | undefined;
  /** All of a kind, by class name, newest version last. */
  all<K extends PluginKind>(kind: K): readonly Plugin<K>[];
}
