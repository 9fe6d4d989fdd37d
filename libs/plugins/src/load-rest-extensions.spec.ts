import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadRestExtensions } from './load-rest-extensions.js';

let directory: string;
const sources = () => ({ pluginPath: [directory], builtIns: [] });

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'extensions-'));
  writeFileSync(
    join(directory, 'two.mjs'),
    `class First { version() { return '1'; } }
     class Second { static className = 'com.example.Second'; version() { return '2'; } }
     export default { restExtensions: [First, Second] };`,
  );
  writeFileSync(join(directory, 'broken.mjs'), 'throw new Error("no");');
});
afterAll(() => rmSync(directory, { recursive: true }));

test('extensions are made in the order of their names', async () => {
  const extensions = await loadRestExtensions(sources(), ['com.example.Second', 'First']);
  expect(extensions.map((extension) => extension.version())).toEqual(['2', '1']);
});

test('a name that no package has is named, and what there is', async () => {
  await expect(loadRestExtensions(sources(), ['First', 'Nope'])).rejects.toThrow(
    'Invalid value Nope for configuration rest.extension.classes: no package on plugin.path has an extension of that ' +
      'name; there are: First, com.example.Second',
  );
});
