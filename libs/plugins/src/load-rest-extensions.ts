import { ConfigError, type PluginClass, type RestExtension } from '@tributary/connect-api';
import { loggerFor } from '@tributary/observability';
import { loadPackage, packagesIn } from './load-package.js';
import type { PluginSources } from './plugin-registry.js';

const log = loggerFor('plugins');

/**
 * New instances of the named REST extensions, in that order, from the packages on `plugin.path`. Throws a
 * {@link ConfigError} for a name that no package has.
 */
export async function loadRestExtensions(
  { pluginPath, builtIns }: PluginSources,
  names: readonly string[],
): Promise<RestExtension[]> {
  if (names.length === 0) return [];
  const known = new Map<string, PluginClass<RestExtension>>();
  const manifests = [...builtIns, ...(await Promise.all(pluginPath.map(manifestsIn))).flat()];
  for (const { restExtensions = [] } of manifests) {
    for (const each of restExtensions) {
      const name = each.className ?? each.name;
      if (!known.has(name)) known.set(name, each);
    }
  }
  return names.map((name) => {
    const extension = known.get(name);
    if (extension !== undefined) return new extension();
    const found = [...known.keys()].join(', ');
    throw new ConfigError(
      `Invalid value ${name} for configuration rest.extension.classes: no package on plugin.path has an extension of ` +
        `that name; ${found === '' ? 'there are none' : `there are: ${found}`}`,
    );
  });
}

/** What a package that cannot be loaded means for plugins, the registry says; here it has no extensions. */
async function manifestsIn(directory: string) {
  const manifests = [];
  for (const path of await packagesIn(directory).catch(() => [])) {
    try {
      manifests.push((await loadPackage(path)).manifest);
    } catch (error) {
      log.debug({ err: error, path }, 'no REST extensions');
    }
  }
  return manifests;
}
