import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { importsOf, type Imports } from './imports.js';

/** A TypeScript file of a package. */
export interface SourceFile {
  /** from the top of the repository */
  readonly path: string;
  readonly lines: number;
  readonly imports: Imports;
  /** whether it is only there for tests */
  readonly forTests: boolean;
  readonly text: string;
}

/** A package of the workspace. */
export interface Package {
  readonly name: string;
  /** from the top of the repository */
  readonly folder: string;
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
  /** folders that its tsconfig.json refers to, from the top of the repository; undefined without one */
  readonly references: readonly string[] | undefined;
  readonly files: readonly SourceFile[];
}

interface PackageJson {
  readonly name: string;
  readonly workspaces?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** Reads all packages below the top of the repository, with their sources. */
export function readWorkspace(root: string): Package[] {
  const { workspaces = [] } = readJson<PackageJson>(join(root, 'package.json'));
  return workspaces.flatMap((pattern) => foldersOf(root, pattern)).map((folder) => readPackage(root, folder));
}

/** Packages that this one wants beside itself, e.g. a driver that the user chooses. */
export function peersOf(root: string, dependency: string): readonly string[] {
  const path = join(root, 'node_modules', dependency, 'package.json');
  return existsSync(path) ? Object.keys(readJson<PackageJson>(path).peerDependencies ?? {}) : [];
}

function foldersOf(root: string, pattern: string): string[] {
  const candidates = pattern.endsWith('/*')
    ? readdirSync(join(root, dirname(pattern))).map((name) => join(dirname(pattern), name))
    : [pattern];
  return candidates.filter((folder) => existsSync(join(root, folder, 'package.json')));
}

function readPackage(root: string, folder: string): Package {
  const json = readJson<PackageJson>(join(root, folder, 'package.json'));
  return {
    name: json.name,
    folder,
    dependencies: Object.keys(json.dependencies ?? {}),
    devDependencies: Object.keys(json.devDependencies ?? {}),
    references: readReferences(root, folder),
    files: ['src', 'test'].flatMap((name) => sourcesIn(root, join(folder, name))),
  };
}

function readReferences(root: string, folder: string): string[] | undefined {
  const path = join(root, folder, 'tsconfig.json');
  if (!existsSync(path)) return undefined;
  const { references = [] } = readJson<{ references?: { path: string }[] }>(path);
  return references.map((reference) => relative(root, resolve(root, folder, reference.path)));
}

function sourcesIn(root: string, folder: string): SourceFile[] {
  if (!existsSync(join(root, folder))) return [];
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readSource(root, join(folder, name)))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function readSource(root: string, path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const forTests = /\.(spec|setup)\.ts$/.test(path) || /\/test\/|\/src\/(.*\/)?testing\//.test(path);
  return { path, text, forTests, lines: text.split('\n').length - 1, imports: importsOf(text) };
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
