import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROGRAMS, printed, whyNotPrinted } from './programs.js';

/** The jars may have to be fetched. */
const TIMEOUT_MS = 240_000;

describe.skipIf(whyNotPrinted() !== undefined)('what the reference does', () => {
  it.concurrent.each(PROGRAMS.map((program) => [basename(dirname(program.folder)), program] as const))(
    'is in the vectors of %s',
    async (_lib, program) => {
      const now = (await printed(program)).split('\n');
      const kept = readFileSync(join(program.folder, 'vectors.jsonl'), 'utf8').split('\n');
      expect(now.find((line, index) => line !== kept[index])).toBeUndefined();
      expect(now.length).toBe(kept.length);
    },
    TIMEOUT_MS,
  );
});
