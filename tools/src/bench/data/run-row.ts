import { closeSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Admin } from '@tributary/kafka-client';
import { ConnectClient } from '../../cluster/index.js';
import type { Contender } from '../contender.js';
import { cpuSecondsOf } from '../cpu.js';
import { measureRate, type Rate } from './rate.js';
import type { Row } from './rows.js';

const DEADLINE_MS = 180_000;

/** Where a row reads from and writes to. */
export interface Place {
  readonly admin: Admin;
  readonly directory: string;
  /** the file of lines that sources read */
  readonly file: string;
  /** the topic that sinks read */
  readonly topic: string;
}

/** Lets a contender do the work of a row once, and removes what it made. */
export async function runRow(row: Row, contender: Contender, place: Place, run: string): Promise<Rate> {
  const client = new ConnectClient(contender.url);
  const name = `${run}-${contender.name}`;
  try {
    return await (row.kind === 'source' ? source : sink)(row, contender, client, place, name);
  } finally {
    await client.delete(`/connectors/${name}`);
    rmSync(join(place.directory, `${name}.txt`), { force: true });
  }
}

/** File to topic: progress is the topic's end. */
async function source(row: Row, contender: Contender, client: ConnectClient, place: Place, topic: string) {
  await createTopic(place.admin, topic);
  try {
    const config = { 'connector.class': 'FileStreamSource', file: place.file, topic, 'tasks.max': '1', ...row.config };
    await client.create(topic, config);
    return await measure(row.records, contender, client, topic, () => endOf(place.admin, topic));
  } finally {
    await place.admin.deleteTopic(topic);
  }
}

/** Topic to file: progress are the lines of the file and the records of the dead letter queue. */
async function sink(row: Row, contender: Contender, client: ConnectClient, place: Place, name: string) {
  const file = join(place.directory, `${name}.txt`);
  const queue = `${name}-dead`;
  if (row.poison > 0) await createTopic(place.admin, queue);
  try {
    const config = { 'connector.class': 'FileStreamSink', file, topics: place.topic, 'tasks.max': '1', ...row.config };
    await client.create(name, row.poison > 0 ? { ...config, ...deadLetters(queue) } : config);
    const lines = linesOf(file);
    const progress = async () => {
      const done = lines();
      return done < row.records - row.poison || row.poison === 0 ? done : done + (await endOf(place.admin, queue));
    };
    return await measure(row.records, contender, client, name, progress);
  } finally {
    if (row.poison > 0) await place.admin.deleteTopic(queue);
  }
}

function measure(
  total: number,
  contender: Contender,
  client: ConnectClient,
  connector: string,
  progress: () => number | Promise<number>,
): Promise<Rate> {
  const cpuSeconds = () => cpuSecondsOf(contender.children);
  const check = () => refuseFailure(client, connector);
  return measureRate({ total, progress, cpuSeconds, check, deadlineMs: DEADLINE_MS });
}

const createTopic = (admin: Admin, name: string) =>
  admin.createTopic({ name, partitions: 1, replicationFactor: 1, configs: {} });

const deadLetters = (topic: string) => ({
  'errors.deadletterqueue.topic.name': topic,
  'errors.deadletterqueue.topic.replication.factor': '1',
  'errors.deadletterqueue.context.headers.enable': 'true',
});

async function endOf(admin: Admin, topic: string): Promise<number> {
  return (await admin.listOffsets([{ topic, partition: 0 }], 'latest'))[0]?.offset ?? 0;
}

/** Tells the number of lines in a file whose lines are of one length. */
function linesOf(file: string): () => number {
  let length = 0;
  return () => {
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (size > 0) length ||= firstLineLength(file);
    return length === 0 ? 0 : size / length;
  };
}

/** With its end; 0 where that is not there yet. */
function firstLineLength(file: string): number {
  const start = Buffer.alloc(4096);
  const fd = openSync(file, 'r');
  const read = readSync(fd, start);
  closeSync(fd);
  return start.subarray(0, read).indexOf('\n') + 1;
}

/** Throws what the connector's task failed with. */
async function refuseFailure(client: ConnectClient, connector: string): Promise<void> {
  const { body } = await client.get(`/connectors/${connector}/status`);
  const { tasks = [] } = body as { tasks?: readonly { readonly state: string; readonly trace?: string }[] };
  const failed = tasks.find(({ state }) => state === 'FAILED');
  if (failed !== undefined) throw new Error(`the task of ${connector} failed: ${failed.trace}`);
}
