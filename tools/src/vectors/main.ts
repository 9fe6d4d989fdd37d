import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROGRAMS, printed, whyNotPrinted } from './programs.js';

/** Prints all vectors again. */
export async function main(): Promise<void> {
  const reason = whyNotPrinted();
  if (reason !== undefined) throw new Error(reason);
  for (const program of PROGRAMS) {
    const file = join(program.folder, 'vectors.jsonl');
    writeFileSync(file, await printed(program));
    console.log(`printed ${file}`);
  }
}
