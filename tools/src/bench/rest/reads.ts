import type { Child } from '../../process/index.js';
import { cpuSecondsOf } from '../cpu.js';
import { median, percentile } from '../table.js';
import { CONNECTORS, connectorName } from './idle-connectors.js';
import { load } from './load.js';

/** The requests that are measured. */
export const READS = [
  { what: 'GET /connectors?expand=info&expand=status', path: '/connectors?expand=info&expand=status' },
  { what: 'GET /connectors/{name}/status', path: `/connectors/${connectorName(Math.floor(CONNECTORS / 2))}/status` },
] as const;

/** So many that a server always has requests to answer: how much it can do is measured, not how long the way to it is. */
const CONNECTIONS = 64;
const WARM_UP_MS = 4_000;
const ROUND_MS = 3_000;
const ROUNDS = 3;

export interface ReadFindings {
  /** median of the rounds, as all of these */
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** processor time of the servers that answer */
  readonly requestsPerCpuSecond: number;
  /** with one connection */
  readonly aloneRequestsPerSecond: number;
  /** cores that the load generator took */
  readonly generatorCpu: number;
}

/** Measures {@link READS} one after the other; connections are spread over `urls`. */
export async function measureReads(urls: readonly string[], servers: readonly Child[]): Promise<ReadFindings[]> {
  const findings: ReadFindings[] = [];
  for (const { path } of READS) {
    await load({ urls, path, connections: CONNECTIONS, durationMs: WARM_UP_MS });
    const alone = await load({ urls, path, connections: 1, durationMs: ROUND_MS });
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) {
      const cpuBefore = cpuSecondsOf(servers);
      const found = await load({ urls, path, connections: CONNECTIONS, durationMs: ROUND_MS });
      const cpuSeconds = cpuSecondsOf(servers) - cpuBefore;
      rounds.push({ ...found, perCpuSecond: found.latenciesMs.length / cpuSeconds });
    }
    findings.push({
      requestsPerSecond: median(rounds.map((round) => round.requestsPerSecond)),
      p50Ms: median(rounds.map(({ latenciesMs }) => percentile(latenciesMs, 0.5))),
      p99Ms: median(rounds.map(({ latenciesMs }) => percentile(latenciesMs, 0.99))),
      requestsPerCpuSecond: median(rounds.map((round) => round.perCpuSecond)),
      aloneRequestsPerSecond: alone.requestsPerSecond,
      generatorCpu: median(rounds.map((round) => round.ownCpu)),
    });
  }
  return findings;
}
