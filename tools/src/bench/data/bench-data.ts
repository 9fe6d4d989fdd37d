import { join } from 'node:path';
import { kafkaClients, type Admin } from '@tributary/kafka-client';
import { startReference, startTributary, type Contender } from '../contender.js';
import type { Bench } from '../main.js';
import { memoryOf } from '../memory.js';
import { median, tableHead, tableRow } from '../table.js';
import { fillTopic } from './json-records.js';
import { writeLines } from './lines.js';
import type { Rate } from './rate.js';
import { ABOUT, rows, type Row } from './rows.js';
import { runRow } from './run-row.js';

const RECORDS = Number(process.env.TRIBUTARY_BENCH_RECORDS ?? 2_000_000);
const ROUNDS = Number(process.env.TRIBUTARY_BENCH_ROUNDS ?? 3);
const WANTED = new RegExp(process.env.TRIBUTARY_BENCH_ROWS ?? '');

/** What is measured of one of the two. */
interface Findings {
  readonly contender: Contender;
  /** of each row, the rate of each round */
  readonly rates: Map<Row, Rate[]>;
  /** MiB after start-up */
  readonly idleMb: number;
  /** MiB, the most that was seen after a run */
  busyMb: number;
}

/** Records per second through one task: one contender after the other in each round of each row. */
export async function benchData({ bootstrapServers, directory }: Bench): Promise<void> {
  const wanted = rows(RECORDS).filter(({ name }) => WANTED.test(name));
  if (wanted.length === 0) throw new Error(`no row matches ${WANTED}; there are ${namesOf(rows(RECORDS))}`);
  const admin = kafkaClients.admin({ 'bootstrap.servers': bootstrapServers });
  const file = join(directory, 'input.txt');
  writeLines(file, RECORDS);
  const all: Findings[] = [];
  try {
    const topics = await filledTopics(admin, bootstrapServers, wanted);
    for (const start of [startReference, startTributary]) {
      const contender = await start({ bootstrapServers, directory });
      all.push({ contender, rates: new Map(), idleMb: memoryOf(contender.children), busyMb: 0 });
    }
    for (const [index, row] of wanted.entries()) {
      const place = { admin, directory, file, topic: topics.get(row.value) ?? '' };
      for (let round = 1; round <= ROUNDS; round++) {
        for (const findings of all) {
          const rate = await runRow(row, findings.contender, place, `row-${index}-${round}`);
          findings.rates.set(row, [...(findings.rates.get(row) ?? []), rate]);
          findings.busyMb = Math.max(findings.busyMb, memoryOf(findings.contender.children));
        }
      }
      console.log(`${row.name}: done`);
    }
    report(wanted, all);
  } finally {
    for (const { contender } of all) await contender.stop();
    await admin.close();
  }
}

function namesOf(all: readonly Row[]): string {
  return all.map(({ name }) => `'${name}'`).join(', ');
}

/** The topics that sinks read, by what is in them. */
async function filledTopics(
  admin: Admin,
  bootstrapServers: string,
  wanted: readonly Row[],
): Promise<ReadonlyMap<Row['value'], string>> {
  const topics = new Map<Row['value'], string>();
  for (const { kind, value, records } of wanted) {
    if (kind === 'source' || topics.has(value)) continue;
    const name = `input-${topics.size}`;
    await admin.createTopic({ name, partitions: 1, replicationFactor: 1, configs: {} });
    await fillTopic(bootstrapServers, name, records, value);
    topics.set(value, name);
  }
  return topics;
}

function report(wanted: readonly Row[], [theirs, ours]: readonly Findings[]): void {
  if (theirs === undefined || ours === undefined) return;
  const lines = wanted.flatMap((row) => {
    const of = (findings: Findings, key: keyof Rate) =>
      median((findings.rates.get(row) ?? []).map((rate) => rate[key]));
    return [
      tableRow(row.name, of(theirs, 'perSecond'), of(ours, 'perSecond'), `records/s (${row.records} records)`),
      tableRow('  for each second of processor time', of(theirs, 'perCpuSecond'), of(ours, 'perCpuSecond'), 'records'),
    ];
  });
  const processes = [
    tableRow('start-up', theirs.contender.startMs, ours.contender.startMs, 'ms'),
    tableRow('memory after start-up', theirs.idleMb, ours.idleMb, 'MiB (all processes)'),
    tableRow('memory under load', theirs.busyMb, ours.busyMb, 'MiB (all processes)'),
  ];
  console.log(`\n${ABOUT}; medians of ${ROUNDS} rounds`);
  console.log([tableHead(), ...lines, ...processes].join('\n'));
}
