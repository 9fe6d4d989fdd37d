import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { kafkaClients, type Admin } from '@tributary/kafka-client';
import { ConnectClient } from '../../cluster/index.js';
import { startReference, startTributary, type Contender } from '../contender.js';
import type { Bench } from '../main.js';
import { memoryOf } from '../memory.js';
import { median, tableHead, tableRow } from '../table.js';
import { LINE_BYTES, writeLines } from './lines.js';
import { measureRate } from './rate.js';

const RECORDS = Number(process.env.TRIBUTARY_BENCH_RECORDS ?? 2_000_000);
const ROUNDS = Number(process.env.TRIBUTARY_BENCH_ROUNDS ?? 3);
const DEADLINE_MS = 300_000;
const CONVERTERS = {
  'key.converter': 'org.apache.kafka.connect.storage.StringConverter',
  'value.converter': 'org.apache.kafka.connect.storage.StringConverter',
};

/** What is measured of one of the two. */
interface Findings {
  /** records per second of each round */
  readonly sources: number[];
  readonly sinks: number[];
  /** MiB after start-up */
  readonly idleMb: number;
  /** MiB, the most that was seen after a run */
  busyMb: number;
}

/** Records per second through one task, file to topic and back: one contender after the other in each round. */
export async function benchData({ bootstrapServers, directory }: Bench): Promise<void> {
  const admin = kafkaClients.admin({ 'bootstrap.servers': bootstrapServers });
  const input = join(directory, 'input.txt');
  writeLines(input, RECORDS);
  const contenders: [Contender, Findings][] = [];
  try {
    for (const start of [startReference, startTributary]) {
      const contender = await start({ bootstrapServers, directory });
      contenders.push([contender, { sources: [], sinks: [], idleMb: memoryOf(contender.children), busyMb: 0 }]);
    }
    for (let round = 1; round <= ROUNDS; round++) {
      for (const [contender, findings] of contenders) {
        const client = new ConnectClient(contender.url);
        const topic = `bench-${contender.name}-${round}`;
        const output = join(directory, `${topic}.txt`);
        findings.sources.push(await source(client, admin, input, topic));
        findings.sinks.push(await sink(client, topic, output));
        findings.busyMb = Math.max(findings.busyMb, memoryOf(contender.children));
        await admin.deleteTopic(topic);
        rmSync(output);
      }
      console.log(`round ${round} of ${ROUNDS} done`);
    }
    report(contenders);
  } finally {
    for (const [contender] of contenders) await contender.stop();
    await admin.close();
  }
}

/** File to topic: progress is the topic's end. */
async function source(client: ConnectClient, admin: Admin, file: string, topic: string): Promise<number> {
  await admin.createTopic({ name: topic, partitions: 1, replicationFactor: 1, configs: {} });
  const config = { 'connector.class': 'FileStreamSource', 'tasks.max': '1', file, topic, ...CONVERTERS };
  await client.create(`source-${topic}`, config);
  const end = async () => (await admin.listOffsets([{ topic, partition: 0 }], 'latest'))[0]?.offset ?? 0;
  const rate = await measureRate(RECORDS, end, DEADLINE_MS);
  await client.delete(`/connectors/source-${topic}`);
  return rate;
}

/** Topic to file: progress is the file's size. */
async function sink(client: ConnectClient, topic: string, file: string): Promise<number> {
  const config = { 'connector.class': 'FileStreamSink', 'tasks.max': '1', file, topics: topic, ...CONVERTERS };
  await client.create(`sink-${topic}`, config);
  const lines = () => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) / (LINE_BYTES + 1);
  const rate = await measureRate(RECORDS, lines, DEADLINE_MS);
  await client.delete(`/connectors/sink-${topic}`);
  return rate;
}

function report([reference, tributary]: readonly [Contender, Findings][]): void {
  if (reference === undefined || tributary === undefined) return;
  const [[their, theirs], [our, ours]] = [reference, tributary];
  const rows = [
    tableRow('FileStreamSource to topic', median(theirs.sources), median(ours.sources), 'records/s'),
    tableRow('topic to FileStreamSink', median(theirs.sinks), median(ours.sinks), 'records/s'),
    tableRow('start-up', their.startMs, our.startMs, 'ms'),
    tableRow('memory after start-up', theirs.idleMb, ours.idleMb, 'MiB (all processes)'),
    tableRow('memory under load', theirs.busyMb, ours.busyMb, 'MiB (all processes)'),
  ];
  console.log(`\none task, ${RECORDS} lines of ${LINE_BYTES} bytes, StringConverter; medians of ${ROUNDS} rounds`);
  console.log([tableHead(), ...rows].join('\n'));
}
