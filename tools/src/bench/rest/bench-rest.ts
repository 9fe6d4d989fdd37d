import { ConnectClient } from '../../cluster/index.js';
import { startReference, startTributary, type Contender, type ContenderOptions } from '../contender.js';
import type { Bench } from '../main.js';
import { percentile, tableHead, tableRow } from '../table.js';
import { CONNECTORS, createAll, TASKS, untilAllRun } from './idle-connectors.js';
import { createToRunning, type CreateTimes } from './create-to-running.js';
import { measureIdle, type Idle } from './idle.js';
import { measureReads, READS, type ReadFindings } from './reads.js';

const CREATES = 15;
/** The first ones of a process are slow, the JVM's more than ours: not counted. */
const WARM_UP_CREATES = 5;
const CREATED_AT_A_TIME = 20;

/** What is measured of one of the two. */
interface Findings {
  readonly createsAlone: readonly CreateTimes[];
  readonly createAllMs: number;
  readonly idle: Idle;
  readonly reads: readonly ReadFindings[];
  readonly createsAmongAll: readonly CreateTimes[];
  /** from starting the processes again until everything runs */
  readonly restartMs: number;
}

/**
 * What clients of the REST API wait for, with 300 connectors and 1000 tasks that do nothing. One contender after the
 * other has the machine to itself.
 */
export async function benchRest({ bootstrapServers, directory }: Bench): Promise<void> {
  const options = { bootstrapServers, directory, testPlugins: true };
  const theirs = await measure(() => startReference(options));
  const ours = await measure(() => startTributary(options));
  const pair = await measurePair(options);
  report(theirs, ours, pair);
}

async function measure(start: () => Promise<Contender>): Promise<Findings> {
  let contender = await start();
  try {
    const note = noteFor(contender.name);
    const client = new ConnectClient(contender.url);
    await createToRunning(client, 'first', WARM_UP_CREATES);
    const createsAlone = await createToRunning(client, 'alone', CREATES);
    note('creates into an empty cluster');
    const from = performance.now();
    await createAll(client, CREATED_AT_A_TIME);
    const createAllMs = performance.now() - from;
    note(`${CONNECTORS} connectors and ${TASKS} tasks run`);
    const idle = await measureIdle(contender.children);
    const reads = await measureReads([contender.url], [contender.server]);
    note('reads');
    const createsAmongAll = await createToRunning(client, 'among', CREATES);
    note('creates among the others');
    await contender.stop();
    const again = performance.now();
    contender = await start();
    await untilAllRun(new ConnectClient(contender.url));
    const restartMs = performance.now() - again;
    note('restart');
    return { createsAlone, createAllMs, idle, reads, createsAmongAll, restartMs };
  } finally {
    await contender.stop();
  }
}

/** The reads of two gateways of the cluster that {@link measure} has left. */
async function measurePair(options: ContenderOptions): Promise<readonly ReadFindings[]> {
  const { cluster, name, stop } = await startTributary(options);
  const note = noteFor(name);
  try {
    await cluster.add('gateway');
    await untilAllRun(cluster.client);
    const gateways = cluster.of('gateway');
    const reads = await measureReads(
      gateways.map(({ url }) => url),
      gateways.map(({ child }) => child),
    );
    note('reads from two gateways');
    return reads;
  } finally {
    await stop();
  }
}

function noteFor(name: string): (what: string) => void {
  const from = performance.now();
  return (what) => console.log(`${name}: ${what}, after ${((performance.now() - from) / 1000).toFixed(0)} s`);
}

function report(theirs: Findings, ours: Findings, pair: readonly ReadFindings[]): void {
  const creates = (what: string, key: 'createsAlone' | 'createsAmongAll') =>
    ([0.5, 0.99] as const).map((share) => {
      const of = (findings: Findings) =>
        percentile(
          findings[key].map((times) => times.runningMs),
          share,
        );
      return tableRow(`create to RUNNING ${what}, p${share * 100}`, of(theirs), of(ours), 'ms');
    });
  const answered = ([0.5, 0.99] as const).map((share) => {
    const of = (findings: Findings) =>
      percentile(
        findings.createsAmongAll.map((times) => times.answeredMs),
        share,
      );
    return tableRow(`POST answered, p${share * 100}`, of(theirs), of(ours), 'ms');
  });
  const reads = READS.flatMap(({ what }, n) => {
    const [their, our, both] = [theirs.reads[n], ours.reads[n], pair[n]];
    if (their === undefined || our === undefined || both === undefined) return [];
    return [
      tableRow(what, their.requestsPerSecond, our.requestsPerSecond, 'requests/s'),
      tableRow('  of two gateways', their.requestsPerSecond, both.requestsPerSecond, 'requests/s'),
      tableRow('  p50', their.p50Ms, our.p50Ms, 'ms'),
      tableRow('  p99', their.p99Ms, our.p99Ms, 'ms'),
      tableRow('  for each second of processor time', their.requestsPerCpuSecond, our.requestsPerCpuSecond, 'requests'),
      tableRow('  one request at a time', their.aloneRequestsPerSecond, our.aloneRequestsPerSecond, 'requests/s'),
      tableRow('  cores that the load generator took', their.generatorCpu, our.generatorCpu, 'cores'),
    ];
  });
  const rows = [
    ...reads,
    ...creates('in an empty cluster', 'createsAlone'),
    ...creates('among all', 'createsAmongAll'),
    ...answered,
    tableRow('all created and RUNNING', theirs.createAllMs, ours.createAllMs, 'ms'),
    tableRow('restart to all RUNNING', theirs.restartMs, ours.restartMs, 'ms'),
    tableRow('memory', theirs.idle.memoryMb, ours.idle.memoryMb, 'MiB (all processes)'),
    tableRow('idle', theirs.idle.cores * 100, ours.idle.cores * 100, '% of a core (all processes)'),
  ];
  console.log(`\n${CONNECTORS} connectors, ${TASKS} idle tasks`);
  console.log([tableHead(), ...rows].join('\n'));
}
