import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { kafkaClients } from '@tributary/kafka-client';
import { until } from '@tributary/testing';
import { ReferenceWorker } from '@tributary/tools/cluster';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Fixture, STRINGS } from './fixture.js';

let fixture: Fixture;
let reference: ReferenceWorker | undefined;

beforeAll(async () => {
  fixture = await Fixture.start();
});
afterAll(async () => {
  await reference?.stop();
  await fixture.dispose();
});

/** A worker that ends may be a member still until its session is over, and the group then refuses members of another kind. */
async function untilNobodyIsLeft(): Promise<void> {
  const admin = kafkaClients.admin({ 'bootstrap.servers': fixture.broker.bootstrapServers });
  await until(
    'the group to be empty',
    async () => (await admin.describeGroup('handover')).members.length === 0,
    30_000,
  );
  await admin.close();
}

const contentOf = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** An Apache Kafka Connect worker on the same topics. */
async function startReference(): Promise<ReferenceWorker> {
  const { bootstrapServers } = fixture.broker;
  reference = await ReferenceWorker.start({
    bootstrapServers,
    name: 'handover',
    directory: fixture.file(`reference-${Date.now()}`),
  });
  return reference;
}

test('a cluster goes from Apache Kafka Connect to here and back, each line once', async () => {
  const [input, output] = [fixture.file('in.txt'), fixture.file('out.txt')];
  const source = { 'connector.class': 'FileStreamSource', file: input, topic: 'handed', ...STRINGS };
  const sink = { 'connector.class': 'FileStreamSink', file: output, topics: 'handed', ...STRINGS };
  const arrives = (text: string) => until(`${text} to arrive`, () => contentOf(output).endsWith(`${text}\n`), 60_000);

  const first = await startReference();
  writeFileSync(input, 'reference\n');
  await first.client.create('source', source);
  await first.client.create('sink', sink);
  await first.client.create('resting', { ...source, file: fixture.file('none'), name: 'resting' });
  // A connector that is paused before it has made task configs makes none.
  await first.client.untilState('resting', 'RUNNING', 1);
  await first.client.put('/connectors/resting/pause');
  await first.client.untilState('resting', 'PAUSED', 1);
  await arrives('reference');
  const infos = (await first.client.get('/connectors?expand=info')).body;
  await first.stop();
  await untilNobodyIsLeft();

  const cluster = await fixture.cluster('handover', 1, { 'errors.restart.enable': 'true' });
  appendFileSync(input, 'here\n');
  await arrives('here');
  await cluster.client.untilState('source', 'RUNNING', 1);
  await cluster.client.untilState('resting', 'PAUSED', 1);
  expect((await cluster.client.get('/connectors?expand=info')).body).toEqual(infos);
  // What is noted of automatic restarts stays in the status topic, for the reference to skip.
  await cluster.client.create('failing', { ...sink, file: fixture.file('no/such/folder') });
  const planned = async () => {
    const { body } = await cluster.client.get('/connectors/failing/status');
    return JSON.stringify(body).includes('auto_restart');
  };
  await until('a restart to be planned', planned, 60_000);
  await cluster.stop();
  await untilNobodyIsLeft();

  const last = await startReference();
  appendFileSync(input, 'back\n');
  await arrives('back');
  await last.client.untilState('resting', 'PAUSED', 1);
  expect(contentOf(output)).toBe('reference\nhere\nback\n');
  const log = contentOf(last.child.logFile);
  expect(log).toContain('Discarding record with invalid key auto-restart-task-failing-0');
  const { body } = await last.client.get('/connectors/failing/status');
  expect(body).toMatchObject({ connector: { state: 'RUNNING' }, tasks: [{ id: 0, state: 'FAILED' }] });
}, 400_000);
