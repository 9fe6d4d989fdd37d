import { expect, test } from 'vitest';
import { circleIn, fileBehind, importsOf, packageOf } from './imports.js';

test('imports are found in all their forms, and not in comments', () => {
  const text = [
    "import { a } from './a.js';",
    "import type {\n  B,\n} from '@x/b/c';",
    "import 'd';",
    "export { e } from 'e';",
    ['const f = await import(', "'f');"].join(''),
    "/** like `import { g } from 'g'` */",
    "export const h = 'h';",
  ].join('\n');
  expect(importsOf(text)).toEqual({
    all: ['./a.js', '@x/b/c', 'd', 'e', 'f'],
    atRunTime: ['./a.js', 'd', 'e', 'f'],
  });
});

test.each([
  ['@scope/name/deep/er', '@scope/name'],
  ['name/deep', 'name'],
  ['./own.js', undefined],
  ['node:fs', undefined],
])('%s is of the package %s', (imported, name) => {
  expect(packageOf(imported)).toBe(name);
});

test('a relative import leads to a source', () => {
  expect(fileBehind('libs/a/src/deep/b.ts', '../c.js')).toBe('libs/a/src/c.ts');
  expect(fileBehind('libs/a/src/b.ts', 'c')).toBeUndefined();
});

test('a circle is found, however long', () => {
  const graph = new Map(Object.entries({ a: ['b'], b: ['c', 'd'], c: [], d: ['b'] }));
  expect(circleIn(graph)).toEqual(['b', 'd', 'b']);
  graph.set('d', ['c']);
  expect(circleIn(graph)).toBeUndefined();
});
