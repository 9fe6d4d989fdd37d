import type { PluginManifest } from '@tributary/connect-api';
import fileConnectors from '@tributary/connector-file';
import { plugins as converters } from '@tributary/converters';
import { plugins as transforms } from '@tributary/transforms';

/** Plugins that come with the program. */
export const builtInPlugins: readonly PluginManifest[] = [converters, transforms, fileConnectors];
