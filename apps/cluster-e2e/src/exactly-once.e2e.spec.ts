import { kafkaClients } from '@tributary/kafka-client';
import { until } from '@tributary/testing';
import type { Member, TributaryCluster } from '@tributary/tools/cluster';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Fixture, STRINGS } from './fixture.js';
import { appendNumberedLines } from './numbered-lines.js';

const LINES = 60_000;
const PATIENCE_MS = 180_000;

let fixture: Fixture;
beforeAll(async () => (fixture = await Fixture.start()));
afterAll(() => fixture.dispose());

/** Counts what a consumer sees that reads committed records only. */
class Committed {
  readonly counts = new Map<string, number>();
  private readonly reader;

  constructor(bootstrapServers: string, topic: string) {
    this.reader = kafkaClients.topicReader(
      { 'bootstrap.servers': bootstrapServers },
      {
        topic,
        isolation: 'read_committed',
        onRecords: (records) => {
          for (const { value } of records) {
            const line = value?.toString() ?? '';
            this.counts.set(line, (this.counts.get(line) ?? 0) + 1);
          }
        },
      },
    );
  }

  start = () => this.reader.start();
  stop = () => this.reader.stop();
  /** `state` is told where they do not come. */
  seen = (lines: number, state: () => Promise<unknown>) =>
    until(
      `${lines} committed lines`,
      async () => {
        if (this.counts.size >= lines) return true;
        throw new Error(`there are ${this.counts.size}, and ${JSON.stringify(await state())}`);
      },
      PATIENCE_MS,
    );

  get repeated(): string[] {
    return [...this.counts].filter(([, count]) => count > 1).map(([line]) => line);
  }
}

async function ownerOf(cluster: TributaryCluster, connector: string): Promise<Member> {
  const status = await cluster.client.untilState(connector, 'RUNNING', 1, PATIENCE_MS);
  const owner = cluster.of('task-executor').find(({ url }) => new URL(url).host === status.tasks[0]?.worker_id);
  if (owner === undefined) throw new Error(`nobody has the task of ${connector}: ${JSON.stringify(status)}`);
  return owner;
}

test('each line is seen exactly once although executors are killed and one comes back from the dead', async () => {
  const properties = { 'exactly.once.source.support': 'enabled', 'session.timeout.ms': '6000' };
  const cluster = await fixture.cluster('once', 3, properties);
  const { client } = cluster;
  const { bootstrapServers } = fixture.broker;
  const admin = kafkaClients.admin({ 'bootstrap.servers': bootstrapServers });
  await admin.createTopic({ name: 'lines', partitions: 1, replicationFactor: 1, configs: {} });
  await admin.close();
  const committed = new Committed(bootstrapServers, 'lines');
  await committed.start();
  const input = fixture.file('in.txt');
  appendNumberedLines(input, 1, LINES / 4);
  const config = { 'connector.class': 'FileStreamSource', file: input, topic: 'lines', 'batch.size': '500' };
  await client.create('in', { ...config, 'exactly.once.support': 'required', ...STRINGS });

  const seen = (lines: number) => committed.seen(lines, async () => (await client.get('/connectors/in/status')).body);
  await seen(1_000);
  await cluster.end(await ownerOf(cluster, 'in'), 'SIGKILL');
  appendNumberedLines(input, LINES / 4 + 1, LINES / 2);
  await seen(LINES / 4 + 1_000);

  const frozen = await ownerOf(cluster, 'in');
  frozen.child.kill('SIGSTOP');
  appendNumberedLines(input, LINES / 2 + 1, (LINES / 4) * 3);
  await seen(LINES / 2 + 1_000);
  frozen.child.kill('SIGCONT');
  const last = await ownerOf(cluster, 'in');
  expect(last.name).not.toBe(frozen.name);
  await seen((LINES / 4) * 3);
  await cluster.end(last, 'SIGKILL');
  appendNumberedLines(input, (LINES / 4) * 3 + 1, LINES);
  await seen(LINES);

  await client.put('/connectors/in/stop');
  const offset = async () => (await client.get('/connectors/in/offsets')).body;
  const size = LINES * 15;
  expect(await offset()).toEqual({ offsets: [{ partition: { filename: input }, offset: { position: size } }] });
  await committed.stop();
  expect(committed.repeated).toEqual([]);
  expect(committed.counts.size).toBe(LINES);
}, 900_000);

test('offsets that are changed by hand stay changed, whatever an old task still tries', async () => {
  const properties = { 'exactly.once.source.support': 'enabled' };
  const cluster = await fixture.cluster('edited', 1, properties);
  const { client } = cluster;
  const input = fixture.file('edited.txt');
  appendNumberedLines(input, 1, 10);
  const config = { 'connector.class': 'FileStreamSource', file: input, topic: 'edited', ...STRINGS };
  await client.create('edited', config);
  const position = async (): Promise<unknown> => (await client.get('/connectors/edited/offsets')).body;
  const at = (offset: number) => ({ offsets: [{ partition: { filename: input }, offset: { position: offset } }] });
  await until('the lines', async () => JSON.stringify(await position()) === JSON.stringify(at(150)), PATIENCE_MS);
  await client.put('/connectors/edited/stop');
  await client.untilState('edited', 'STOPPED', 0);
  // What a task is to Kafka that has outlived its connector's stop.
  const zombie = kafkaClients.transactionalProducer({
    'bootstrap.servers': fixture.broker.bootstrapServers,
    'transactional.id': 'edited-edited-0',
  });
  await zombie.open();

  const altered = await client.send('PATCH', '/connectors/edited/offsets', at(30));
  expect(altered.body).toEqual({ message: 'The offsets for this connector have been altered successfully' });
  const late = { topic: 'edited', partition: 0, key: null, value: 'late', headers: undefined, timestamp: null };
  await expect(zombie.transact([late])).rejects.toThrow('taken');
  await zombie.close();
  expect(await position()).toEqual(at(30));
  const reset = await client.send('DELETE', '/connectors/edited/offsets');
  expect(reset.body).toEqual({ message: 'The offsets for this connector have been reset successfully' });
  expect(await position()).toEqual({ offsets: [] });
}, 600_000);
