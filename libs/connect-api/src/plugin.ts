import type { PluginClass, SinkConnector, SourceConnector } from './connector.js';
import type { RestExtension } from './rest-extension.js';
import type { Converter, HeaderConverter, Predicate, Transformation } from './converter.js';

/** What a plugin package offers, listed explicitly. A package's main module has one as its default export. */
export interface PluginManifest {
  readonly sources?: readonly PluginClass<SourceConnector>[];
  readonly sinks?: readonly PluginClass<SinkConnector>[];
  readonly converters?: readonly PluginClass<Converter>[];
  readonly headerConverters?: readonly PluginClass<HeaderConverter>[];
  readonly transformations?: readonly PluginClass<Transformation>[];
  readonly predicates?: readonly PluginClass<Predicate>[];
  readonly restExtensions?: readonly PluginClass<RestExtension>[];
}

/** Lets TypeScript check a plugin package's default export. */
export function definePlugins(manifest: PluginManifest): PluginManifest {
  return manifest;
}
