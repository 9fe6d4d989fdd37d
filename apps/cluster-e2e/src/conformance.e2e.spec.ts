import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestBroker } from '@tributary/testing';
import { compareSides, describeVerdict, part, startSides, type Sides } from '@tributary/tools/conformance';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** `npm run conformance` sends all of them. */
const ONE_IN = 8;

const directory = mkdtempSync(join(tmpdir(), 'tributary-conformance-'));
let broker: TestBroker;
let sides: Sides;

beforeAll(async () => {
  broker = await TestBroker.start();
  sides = await startSides(broker.bootstrapServers, directory);
});

afterAll(async () => {
  await Promise.all([sides.reference.stop(), sides.tributary.stop()]);
  await broker.dispose();
  rmSync(directory, { recursive: true, force: true });
});

test('requests are answered as the reference answers them, or as docs/differences.md says', async () => {
  const { verdicts, unknown } = await compareSides(sides, part(ONE_IN));
  expect(verdicts.length).toBeGreaterThan(500);
  expect(unknown.map(describeVerdict).join('\n')).toBe('');
});
