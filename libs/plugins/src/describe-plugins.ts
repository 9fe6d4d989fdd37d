import { ConnectError, type PluginClass } from '@tributary/connect-api';
import type { Plugin, PluginKind, PluginTypes } from '@tributary/config-schemas';
import type { LoadedPackage } from './load-package.js';

/** Plugins of any kind; a union of the kinds rather than a plugin of the union. */
export type AnyPlugin = { readonly [K in PluginKind]: Plugin<K> }[PluginKind];

/** All plugins of a package. One whose class cannot be made is left out and told to `fail`. */
export function describePlugins(loaded: LoadedPackage, fail: (problem: string, error: unknown) => void): AnyPlugin[] {
  const { manifest } = loaded;
  const all = <K extends PluginKind>(
    kind: K,
    classes: readonly PluginClass<PluginTypes[K]>[] | undefined,
  ): Plugin<K>[] =>
    (classes ?? []).flatMap((pluginClass) => {
      try {
        return [describe(kind, pluginClass, loaded)];
      } catch (error) {
        fail(`Could not load plugin ${nameOf(pluginClass)} of ${loaded.location}`, error);
        return [];
      }
    });
  return [
    ...all('sink', manifest.sinks),
    ...all('source', manifest.sources),
    ...all('transformation', manifest.transformations),
    ...all('predicate', manifest.predicates),
    ...all('converter', manifest.converters),
    ...all('header_converter', manifest.headerConverters),
  ];
}

function describe<K extends PluginKind>(
  kind: K,
  pluginClass: PluginClass<PluginTypes[K]>,
  loaded: LoadedPackage,
): Plugin<K> {
  const instance = new pluginClass();
  if (typeof instance.config !== 'function') throw new ConnectError(`${nameOf(pluginClass)} has no method config()`);
  return {
    kind,
    className: nameOf(pluginClass),
    version: instance.version?.() ?? loaded.version,
    location: loaded.location,
    create: () => new pluginClass(),
  };
}

function nameOf(pluginClass: PluginClass<unknown> & { readonly name?: string }): string {
  return pluginClass.className ?? pluginClass.name ?? 'anonymous class';
}
