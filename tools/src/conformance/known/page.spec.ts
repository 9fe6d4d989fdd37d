import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { elsewhere } from './elsewhere.js';
import { knownDifferences } from './index.js';
import { idsOf } from './page.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const page = readFileSync(join(root, 'docs', 'differences.md'), 'utf8');

test('every row of the page has a rule, or a spec that holds us to it, and every rule has a row', () => {
  const ruled = [...knownDifferences.map((rule) => rule.id), ...Object.keys(elsewhere)];
  expect([...new Set(ruled)].toSorted()).toEqual(idsOf(page).toSorted());
});

test('the specs that are named instead of a rule are there', () => {
  expect(Object.values(elsewhere).filter((spec) => !existsSync(join(root, spec)))).toEqual([]);
});

test('a rule either brings both answers to one form or tells what ours must be', () => {
  const odd = knownDifferences.filter((rule) => (rule.rewrite === undefined) === (rule.expect === undefined));
  expect(odd.map((rule) => rule.id)).toEqual([]);
});

test('rows of other sections may have an id', () => {
  const page = '| x |\n\n## REST\n\n| Id | What |\n| --- | --- |\n| `a` | b |\n\n## More\n\n| c |\n| `d` | e |\n';
  expect(idsOf(page)).toEqual(['a', 'd']);
});

test.each([
  ['| What | Why |', 'this row has no id such as `body-shape` in its first column: | What | Why |'],
  ['| `a` | x |\n| `a` | y |', 'two rows have the id a'],
])('a page with %j is refused', (text, message) => {
  expect(() => idsOf(`# Page\n\n## REST\n\n${text}\n`)).toThrow(message);
});
