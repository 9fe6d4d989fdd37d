import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kafkaClients, type Admin } from '@tributary/kafka-client';
import { ReferenceWorker, TributaryCluster, type ConnectClient } from '../cluster/index.js';
import { brokerJars, EmbeddedKafka, findJava } from '../kafka/index.js';
import { freePort, type Child } from '../process/index.js';
import { LINE_BYTES, writeLines } from './data.js';
import { memoryOf } from './memory.js';
import { measureRate } from './rate.js';

const RECORDS = Number(process.env.TRIBUTARY_BENCH_RECORDS ?? 2_000_000);
const ROUNDS = Number(process.env.TRIBUTARY_BENCH_ROUNDS ?? 3);
const DEADLINE_MS = 300_000;
const CONVERTERS = {
  'key.converter': 'org.apache.kafka.connect.storage.StringConverter',
  'value.converter': 'org.apache.kafka.connect.storage.StringConverter',
};

/** One of the two that are compared. */
interface Contender {
  readonly name: string;
  readonly client: ConnectClient;
  readonly children: readonly Child[];
  readonly startMs: number;
  /** MiB after start-up */
  readonly idleMb: number;
  /** MiB, the most that was seen after a run */
  busyMb: number;
  stop(): Promise<void>;
}

/** Records per second of each round, by contender. */
type Rates = Record<string, number[]>;

/** Runs both on one broker, one after the other in each round, and prints medians and their ratio. */
export async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'tributary-bench-'));
  const java = findJava();
  if (java === undefined) throw new Error('the benchmark needs Java for the broker and the reference');
  const ports = { port: await freePort(), controllerPort: await freePort() };
  const jars = await brokerJars();
  const kafka = await EmbeddedKafka.start({ java, jars, directory: join(directory, 'kafka'), ...ports, heapMb: 1024 });
  const admin = kafkaClients.admin({ 'bootstrap.servers': kafka.bootstrapServers });
  const input = join(directory, 'input.txt');
  writeLines(input, RECORDS);
  const contenders: Contender[] = [];
  try {
    contenders.push(await startReference(kafka.bootstrapServers, directory));
    contenders.push(await startTributary(kafka.bootstrapServers, directory));
    const sources: Rates = {};
    const sinks: Rates = {};
    for (let round = 1; round <= ROUNDS; round++) {
      for (const contender of contenders) {
        const topic = `bench-${contender.name}-${round}`;
        const output = join(directory, `${topic}.txt`);
        (sources[contender.name] ??= []).push(await source(contender.client, admin, input, topic));
        (sinks[contender.name] ??= []).push(await sink(contender.client, topic, output));
        contender.busyMb = Math.max(contender.busyMb, memoryOf(contender.children));
        await admin.deleteTopic(topic);
        rmSync(output);
      }
      console.log(`round ${round} of ${ROUNDS} done`);
    }
    report(contenders, sources, sinks);
  } finally {
    for (const contender of contenders) await contender.stop();
    await admin.close();
    await kafka.kill();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function startReference(bootstrapServers: string, directory: string): Promise<Contender> {
  const from = performance.now();
  const options = { bootstrapServers, directory: join(directory, 'reference'), name: 'bench-reference' };
  const worker = await ReferenceWorker.start(options);
  const startMs = performance.now() - from;
  const children = [worker.child];
  return {
    name: 'reference',
    client: worker.client,
    children,
    startMs,
    idleMb: memoryOf(children),
    busyMb: 0,
    stop: () => worker.stop(),
  };
}

async function startTributary(bootstrapServers: string, directory: string): Promise<Contender> {
  const from = performance.now();
  const options = { bootstrapServers, directory: join(directory, 'tributary'), name: 'bench-tributary' };
  const cluster = await TributaryCluster.start(options);
  const startMs = performance.now() - from;
  const children = cluster.members.map((member) => member.child);
  return {
    name: 'tributary',
    client: cluster.client,
    children,
    startMs,
    idleMb: memoryOf(children),
    busyMb: 0,
    stop: () => cluster.stop(),
  };
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

function report(contenders: readonly Contender[], sources: Rates, sinks: Rates): void {
  const [reference, tributary] = contenders;
  if (reference === undefined || tributary === undefined) return;
  const row = (what: string, theirs: number, ours: number, unit: string) => {
    const ratio = (ours / theirs).toFixed(2);
    console.log(`${what.padEnd(28)} ${whole(theirs)} ${whole(ours)}  ${ratio.padStart(6)}  ${unit}`);
  };
  console.log(`\none task, ${RECORDS} lines of ${LINE_BYTES} bytes, StringConverter; medians of ${ROUNDS} rounds`);
  console.log(`${''.padEnd(28)} ${'reference'.padStart(10)} ${'tributary'.padStart(10)}   ratio`);
  row('FileStreamSource to topic', median(sources.reference), median(sources.tributary), 'records/s');
  row('topic to FileStreamSink', median(sinks.reference), median(sinks.tributary), 'records/s');
  row('start-up', reference.startMs, tributary.startMs, 'ms');
  row('memory after start-up', reference.idleMb, tributary.idleMb, 'MiB (all processes)');
  row('memory under load', reference.busyMb, tributary.busyMb, 'MiB (all processes)');
}

const whole = (value: number) => String(Math.round(value)).padStart(10);

function median(values: readonly number[] | undefined): number {
  const sorted = [...(values ?? [])].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
