import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { circleIn, fileBehind, packageOf } from './imports.js';
import { peersOf, readWorkspace, type Package } from './workspace.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const packages = readWorkspace(root);
const byName = new Map(packages.map((each) => [each.name, each]));
const files = packages.flatMap((each) => each.files);
const text = (name: string) => readFileSync(join(root, name), 'utf8');

/** From the bottom up: a package imports only what stands in a line above its own. */
const LAYERS: readonly (readonly string[])[] = [
  ['connect-api'],
  ['observability', 'converters', 'transforms', 'connector-file', 'test-connectors'],
  ['config-schemas', 'tls'],
  ['kafka-client'],
  ['plugins', 'plugin-host', 'kafka-storage', 'group-membership', 'error-policy'],
  ['control-plane', 'task-runtime', 'rest-api'],
  ['rest-auth'],
  ['gateway', 'herder', 'task-executor', 'tools'],
  ['testing'],
  ['cluster-e2e'],
];
const layerOf = new Map(LAYERS.flatMap((names, layer) => names.map((name) => [`@tributary/${name}`, layer])));

/** Third-party packages, and parts of Node.js, that have one home. */
const HOMES: readonly (readonly [what: RegExp, homes: readonly string[]])[] = [
  [/^(kafkajs|snappy|lz4-napi)(\/|$)/, ['kafka-client']],
  [/^node-forge$/, ['tls']],
  [/^(pino|prom-client)$/, ['observability']],
  [/^(@nestjs\/|express$|class-validator$)/, ['rest-api', 'gateway', 'herder', 'task-executor']],
  [/^jose$/, ['rest-auth']],
  [/^node:https?$/, ['connect-api', 'rest-api', 'gateway', 'herder', 'task-executor', 'cluster-e2e']],
];

/** Test equipment at hand everywhere: a lib that the equipment is made of cannot name it. */
const FOR_TESTS = ['vitest', '@tributary/testing'];

const SOURCE_LINES = 300;
const SPEC_LINES = 400;

describe.each(packages.map((each) => [each.folder, each] as const))('%s', (_folder, one) => {
  const used = importedBy(one, () => true);
  const usedAtRunTime = importedBy(one, (file) => !file.forTests);

  test('has a place among the layers and imports only from below', () => {
    const own = layerOf.get(one.name);
    expect(own, `${one.name} must be in LAYERS`).toBeDefined();
    const wrong = [...usedAtRunTime].filter((name) => byName.has(name) && (layerOf.get(name) ?? 0) >= (own ?? 0));
    expect(wrong).toEqual([]);
  });

  test('names in its package.json what it imports, and nothing that it does not use', () => {
    const { dependencies, devDependencies } = one;
    expect([...usedAtRunTime].filter((name) => !dependencies.includes(name))).toEqual([]);
    const declared = [...dependencies, ...devDependencies, ...FOR_TESTS];
    expect([...used].filter((name) => !declared.includes(name))).toEqual([]);
    expect(dependencies.filter((name) => !withPeers(usedAtRunTime).has(name))).toEqual([]);
    expect(devDependencies.filter((name) => !withPeers(used).has(name.replace(/^@types\//, '')))).toEqual([]);
  });

  test.runIf(one.references)('refers to the packages that it imports', () => {
    const references = one.references?.map((folder) => packages.find((each) => each.folder === folder)?.name ?? folder);
    expect([...usedAtRunTime].filter((name) => byName.has(name) && !references?.includes(name))).toEqual([]);
    expect(references?.filter((name) => !used.has(name))).toEqual([]);
  });

  test('is in the house of CONTRIBUTING.md and, where it is built, in tsconfig.json', () => {
    expect(text('CONTRIBUTING.md')).toMatch(new RegExp(`^(apps/|libs/|  )?${folderInHouse(one.folder)}/ `, 'm'));
    if (one.references) expect(text('tsconfig.json')).toContain(`"path": "${one.folder}"`);
  });
});

test('what has a home is imported nowhere else', () => {
  const strays = packages.flatMap((each) =>
    each.files
      .filter((file) => !file.forTests)
      .flatMap((file) => file.imports.all.map((imported) => [file.path, imported] as const))
      .filter(([, imported]) =>
        HOMES.some(([what, homes]) => what.test(imported) && !homes.includes(each.name.replace('@tributary/', ''))),
      ),
  );
  expect(strays).toEqual([]);
});

test('no file imports itself by way of others', () => {
  const graph = new Map(
    files.map(({ path, imports }) => [path, imports.atRunTime.flatMap((imported) => fileBehind(path, imported) ?? [])]),
  );
  expect(circleIn(graph)).toBeUndefined();
});

test('every relative import leads to a file', () => {
  const known = new Set(files.map((file) => file.path));
  const lost = files.flatMap(({ path, imports }) =>
    imports.all.flatMap((imported) => {
      const behind = fileBehind(path, imported);
      return behind === undefined ||
        known.has(behind) ||
        existsSync(join(root, behind)) ||
        existsSync(join(root, dirname(path), imported))
        ? []
        : [`${path}: ${imported}`];
    }),
  );
  expect(lost).toEqual([]);
});

test('a package is entered by its index, which names what it exports', () => {
  const deep = files.flatMap(({ path, imports }) =>
    imports.all
      .filter((imported) => imported.startsWith('.') && leaves(path, imported))
      .map((imported) => `${path}: ${imported}`),
  );
  expect(deep).toEqual([]);
  expect(files.filter((file) => /^export \* /m.test(file.text)).map((file) => file.path)).toEqual([]);
});

test('file names are in kebab case, and every test is one that is run', () => {
  const odd = files.filter(({ path }) => !/\/[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*\.ts$/.test(path));
  expect(odd.map((file) => file.path)).toEqual([]);
  const never = files.filter(({ imports, forTests }) => imports.all.includes('vitest') && !forTests);
  expect(never.map((file) => file.path)).toEqual([]);
});

test(`no source is longer than ${SOURCE_LINES} lines, no spec longer than ${SPEC_LINES}`, () => {
  const long = files.filter(({ lines, forTests }) => lines > (forTests ? SPEC_LINES : SOURCE_LINES));
  expect(long.map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
});

/** Packages that those files import; its own name does not count. */
function importedBy(one: Package, counted: (file: Package['files'][number]) => boolean): Set<string> {
  const names = one.files.filter(counted).flatMap((file) => file.imports.all.flatMap((each) => packageOf(each) ?? []));
  return new Set(names.filter((name) => name !== one.name));
}

/** These packages and those that they want beside themselves. */
function withPeers(names: ReadonlySet<string>): Set<string> {
  return new Set([...names].flatMap((name) => [name, ...peersOf(root, name)]));
}

function folderInHouse(folder: string): string {
  return folder.replace(/^(apps|libs)\//, '');
}

function leaves(path: string, imported: string): boolean {
  const behind = fileBehind(path, imported);
  const home = packages.find(({ folder }) => path.startsWith(`${folder}/`))?.folder;
  return behind !== undefined && home !== undefined && !behind.startsWith(`${home}/`);
}
