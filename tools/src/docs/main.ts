import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedPages } from './pages.js';
import { withShownFiles } from './shown-files.js';

/** Pages written by hand that show files of the repository. */
const SHOWING = ['writing-a-plugin.md'];

const root = fileURLToPath(new URL('../../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const shown = SHOWING.map((file) => ({ file, text: withShownFiles(read(`docs/${file}`), read) }));
for (const { file, text } of [...generatedPages(), ...shown]) {
  writeFileSync(join(root, 'docs', file), text);
  console.log(`docs/${file}`);
}
