import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TributaryCluster } from '../cluster/index.js';
import { brokerJars, EmbeddedKafka, findJava } from '../kafka/index.js';
import { freePort } from '../process/index.js';
import { pythonEnvironment, type PythonEnvironment } from '../python/index.js';
import { fuzz } from './fuzzer.js';
import { Reader } from './reader.js';
import { leaks, printVitals, vitalsOf } from './vitals.js';

const SECONDS = Number(process.env.TRIBUTARY_FUZZ_SECONDS ?? 600);
/** What each part of the time is for: every rule of the document once, then random requests, then chains of them. */
const PARTS = ['examples,coverage', 'fuzzing', 'stateful', 'fuzzing', 'stateful'];

const root = fileURLToPath(new URL('../../../', import.meta.url));
const settings = join(root, 'tools', 'fuzz');

/**
 * Random requests against a cluster of real processes, while another client reads: nothing may answer with 500, end, lose
 * its lead or keep what it should have let go.
 */
export async function main(): Promise<void> {
  const python = await pythonEnvironment({
    directory: join(root, '.tributary', 'fuzz'),
    requirements: join(settings, 'requirements.txt'),
    oldestMinor: 10,
  });
  const java = findJava();
  if (java === undefined) throw new Error('there is no Java for the broker');
  const directory = mkdtempSync(join(tmpdir(), 'tributary-fuzz-'));
  const ports = { port: await freePort(), controllerPort: await freePort() };
  const kafka = await EmbeddedKafka.start({
    java,
    jars: await brokerJars(),
    directory: join(directory, 'kafka'),
    ...ports,
  });
  const cluster = new TributaryCluster({
    bootstrapServers: kafka.bootstrapServers,
    directory,
    name: 'fuzz',
    properties: { 'plugin.path': join(root, 'libs', 'test-plugins') },
  });
  const stop = async (): Promise<void> => {
    await cluster.stop();
    await kafka.kill();
  };
  // Processes of their own groups hear no Ctrl-C.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().finally(() => process.exit(1)));
  }
  let problems: string[] = [];
  try {
    for (const role of ['herder', 'herder', 'gateway', 'task-executor'] as const) await cluster.add(role);
    problems = await run(cluster, directory, python);
  } finally {
    await stop();
  }
  if (problems.length > 0) throw new Error(`${problems.join('\n')}\nLogs: ${directory}`);
  rmSync(directory, { recursive: true, force: true });
  console.log('Nothing found.');
}

/** What was found. */
async function run(cluster: TributaryCluster, directory: string, python: PythonEnvironment): Promise<string[]> {
  const { client } = cluster;
  const members = [...cluster.members];
  await client.create('lines', { 'connector.class': 'FileStreamSource', file: '/dev/null', topic: 'lines' });
  await client.untilState('lines', 'RUNNING', 1);
  const reader = new Reader(client);
  const problems: string[] = [];
  let warm = await vitalsOf(members);
  printVitals('start', warm);
  for (const [index, phases] of PARTS.entries()) {
    const part = index + 1;
    await fuzz(python, {
      baseUrl: client.baseUrl,
      seconds: Math.max(1, Math.round(SECONDS / PARTS.length)),
      phases,
      configFile: join(settings, 'schemathesis.toml'),
      directory,
      logFile: join(directory, `schemathesis-${part}.log`),
    }).catch((error: unknown) => problems.push(error instanceof Error ? error.message : String(error)));
    const now = await vitalsOf(members);
    printVitals(`${part} of ${PARTS.length}`, now);
    if (part === 1) warm = now;
  }
  await reader.stop();
  console.log(`another client: ${reader.requests} reads, the slowest took ${Math.round(reader.slowestMs)} ms`);
  problems.push(...reader.problems.slice(0, 20), ...leaks(warm, await vitalsOf(members)));
  for (const { name, child } of members) {
    if (child.exit !== undefined) problems.push(`${name} ended with exit code ${child.exit.code}`);
    const unexpected = readFileSync(child.logFile, 'utf8').match(/^.*unexpected error while answering.*$/gm) ?? [];
    problems.push(...unexpected.slice(0, 5).map((line) => `${name}: ${line}`));
  }
  if (reader.leaders.size !== 1) problems.push(`connectors ran on several herders: ${[...reader.leaders].join(', ')}`);
  await client.create('afterwards', { 'connector.class': 'FileStreamSource', file: '/dev/null', topic: 'lines' });
  await client.untilState('afterwards', 'RUNNING', 1);
  return problems;
}

/** As a command: one line where something is missing, several where something was found. */
export async function command(): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(`npm run fuzz: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
