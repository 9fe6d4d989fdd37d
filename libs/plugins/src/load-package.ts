import { ConnectError, type PluginManifest } from '@tributary/connect-api';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A package's manifest with what its messages and versions need. */
export interface LoadedPackage {
  readonly manifest: PluginManifest;
  readonly location: string;
  /** the package's own version, for classes that name none */
  readonly version: string | undefined;
}

interface PackageJson {
  readonly version: string | undefined;
  readonly entry: string;
}

/** The packages and single modules that lie in a plugin.path directory; those of a scope lie one level deeper. Sorted. */
export async function packagesIn(directory: string): Promise<string[]> {
  const found: string[] = [];
  for (const child of (await readdir(directory)).sort()) {
    if (child.startsWith('.') || child === 'node_modules') continue;
    const path = resolve(directory, child);
    const isDirectory = (await stat(path)).isDirectory();
    if (isDirectory && child.startsWith('@')) found.push(...(await packagesIn(path)));
    else if (isDirectory || /\.[cm]?js$/.test(child)) found.push(path);
  }
  return found;
}

/** Imports the package in a directory, or a single module, and takes its default export. */
export async function loadPackage(path: string): Promise<LoadedPackage> {
  const isDirectory = (await stat(path)).isDirectory();
  const described = isDirectory ? await readPackageJson(path) : { version: undefined, entry: path };
  const module: unknown = await import(pathToFileURL(described.entry).href);
  return {
    manifest: manifestIn(module, described.entry),
    location: pathToFileURL(path).href,
    version: described.version,
  };
}

async function readPackageJson(directory: string): Promise<PackageJson> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8'));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    json = {};
  }
  const entry = exportedEntry(field(json, 'exports')) ?? text(field(json, 'main')) ?? 'index.js';
  return { version: text(field(json, 'version')), entry: resolve(directory, entry) };
}

/** The file behind `exports`, under the conditions that an ES module import has. */
function exportedEntry(exported: unknown): string | undefined {
  if (typeof exported !== 'object' || exported === null) return text(exported);
  for (const condition of ['.', 'node', 'import', 'module-sync', 'require', 'default']) {
    const entry = exportedEntry(field(exported, condition));
    if (entry !== undefined) return entry;
  }
  return undefined;
}

/** A CommonJS module that was compiled from an ES module has its default export one level deeper. */
function manifestIn(module: unknown, entry: string): PluginManifest {
  const outer = field(module, 'default');
  const manifest = isManifest(outer) ? outer : field(outer, 'default');
  if (isManifest(manifest)) return manifest;
  throw new ConnectError(`${entry} has no plugin manifest as its default export`);
}

const LISTS = ['sources', 'sinks', 'converters', 'headerConverters', 'transformations', 'predicates', 'restExtensions'];

function isManifest(value: unknown): value is PluginManifest {
  return LISTS.some((list) => {
    const classes = field(value, list);
    return Array.isArray(classes) && classes.every((each) => typeof each === 'function');
  });
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
