export { builtInPlugins } from './built-in-plugins.js';
export { PluginRegistry, type PluginInfo, type PluginSources } from './plugin-registry.js';
export { type AnyPlugin } from './describe-plugins.js';
export { compareVersions, VersionRange } from './version-range.js';
export { loadRestExtensions } from './load-rest-extensions.js';
