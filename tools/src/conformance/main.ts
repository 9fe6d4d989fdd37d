import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokerJars, EmbeddedKafka, findJava } from '../kafka/index.js';
import { freePort } from '../process/index.js';
import { catalogue } from './catalogue/index.js';
import { compareSides, type Findings } from './conformance.js';
import { describeKnown, describeVerdict } from './report.js';
import { startSides } from './side.js';
import { describeStep, type Scenario } from './step.js';

/**
 * Sends the whole catalogue to the reference and to us on one broker, and prints each difference; the exit code is 1 where
 * one is not known, or where a known one does not show. An argument is a regular expression: only scenarios with a request
 * that it matches are sent.
 */
export async function main(): Promise<void> {
  const java = findJava();
  if (java === undefined) throw new Error('conformance needs Java for the broker and the reference');
  const wanted = process.argv[2];
  const directory = mkdtempSync(join(tmpdir(), 'tributary-conformance-'));
  const ports = { port: await freePort(), controllerPort: await freePort() };
  const kafka = await EmbeddedKafka.start({
    java,
    jars: await brokerJars(),
    directory: join(directory, 'kafka'),
    ...ports,
  });
  try {
    const sides = await startSides(kafka.bootstrapServers, directory);
    try {
      const from = performance.now();
      const findings = await compareSides(sides, scenariosWith(new RegExp(wanted ?? '')));
      const seconds = (performance.now() - from) / 1000;
      const good = print(findings, seconds, wanted === undefined);
      process.exitCode = good ? 0 : 1;
    } finally {
      await Promise.all([sides.reference.stop(), sides.tributary.stop()]);
    }
  } finally {
    await kafka.kill();
    rmSync(directory, { recursive: true, force: true });
  }
}

function scenariosWith(wanted: RegExp): Scenario[] {
  return catalogue().filter(({ steps }) => steps.some((step) => wanted.test(describeStep(step))));
}

/** `whole`: everything was asked, so that each known difference must have shown. True: all is as it should be. */
function print({ verdicts, same, known, unknown, notShown }: Findings, seconds: number, whole: boolean): boolean {
  for (const verdict of unknown) console.log(describeVerdict(verdict));
  console.log(`Requests that differ as docs/differences.md says, by the id of the row:\n${describeKnown(verdicts)}`);
  if (whole && notShown.length > 0) {
    console.log(`No request shows these rows, which are to be taken away or asked for: ${notShown.join(', ')}\n`);
  }
  console.log(
    `${verdicts.length} requests in ${seconds.toFixed(0)} s: ${same} answered the same but for the \`Server\` header, ` +
      `${known.length} differ as docs/differences.md says, ${unknown.length} differ for no known reason`,
  );
  return unknown.length === 0 && (!whole || notShown.length === 0);
}
