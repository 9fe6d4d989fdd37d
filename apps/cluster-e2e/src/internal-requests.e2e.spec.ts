import { kafkaClients } from '@tributary/kafka-client';
import { ClusterStores } from '@tributary/kafka-storage';
import { InternalClient, SessionKeys } from '@tributary/rest-api';
import { exchange, Relay, until } from '@tributary/testing';
import type { Member, TributaryCluster } from '@tributary/tools/cluster';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Fixture } from './fixture.js';

const NAME = 'internal';
const PROPERTIES = {
  'session.timeout.ms': '6000',
  'rest.advertised.host.name': '127.0.0.1',
  'inter.worker.key.ttl.ms': '300',
  'inter.worker.key.generation.algorithm': 'AES',
  'inter.worker.signature.algorithm': 'HmacSHA3-256',
  'inter.worker.verification.algorithms': 'HmacSHA256,HmacSHA3-256',
};

let fixture: Fixture;
let cluster: TributaryCluster;
let stores: ClusterStores | undefined;
let service: InternalClient;
/** Every herder is known to the others by the address of a man in the middle. */
let leader: { member: Member; relay: Relay };
let follower: { member: Member; relay: Relay };
let config: Record<string, string>;
const relays: Relay[] = [];
let keys = 0;

beforeAll(async () => {
  fixture = await Fixture.start();
  cluster = await fixture.cluster(NAME, 1, PROPERTIES);
  const [first] = cluster.of('herder');
  leader = await relayedHerder();
  [follower] = await Promise.all([relayedHerder(), first && cluster.end(first, 'SIGTERM')]);

  // This test has the cluster's key, and so is one of its services.
  const workerProperties = {
    'bootstrap.servers': fixture.broker.bootstrapServers,
    'config.storage.topic': `${NAME}-configs`,
    'offset.storage.topic': `${NAME}-offsets`,
    'status.storage.topic': `${NAME}-status`,
  };
  stores = new ClusterStores({ clients: kafkaClients, properties: workerProperties, workerProperties });
  await stores.configs.start();
  stores.configs.subscribe({ sessionKeyChanged: () => (keys += 1) });
  const { 'inter.worker.signature.algorithm': signature } = PROPERTIES;
  service = new InternalClient(new SessionKeys(stores.configs, { signature, verification: [signature] }));

  config = { 'connector.class': 'FileStreamSource', file: fixture.file('in.txt'), topic: NAME };
  await cluster.client.create('a', config);
});
afterAll(async () => {
  service?.close();
  await stores?.configs.stop();
  await fixture.dispose();
  await Promise.all(relays.map((relay) => relay.stop()));
});

async function relayedHerder(): Promise<{ member: Member; relay: Relay }> {
  const listening: { port: number } = { port: 0 };
  const relay = await Relay.start(() => listening.port);
  relays.push(relay);
  const member = await cluster.add('herder', { 'rest.advertised.port': String(relay.port) });
  listening.port = portOf(member);
  return { member, relay };
}

const portOf = ({ url }: Member) => Number(new URL(url).port);
const put = (batch: string) => cluster.client.put('/connectors/a/config', { ...config, batch });
const stored = async () => (await cluster.client.get('/connectors/a/config')).body;

test('connectors run where the advertised address says', async () => {
  const { connector } = await cluster.client.untilState('a', 'RUNNING', 1);
  expect(connector.worker_id).toBe(`127.0.0.1:${leader.relay.port}`);
});

test('a change that was overheard is of no use, at the leader or elsewhere', async () => {
  leader.relay.overheard.length = 0;
  expect((await put('1')).status).toBe(200);
  expect((await put('2')).status).toBe(200);
  const [first] = leader.relay.overheard.filter((bytes) => bytes.includes('"batch":"1"'));
  expect(first?.toString()).toMatch(/^PUT \/connectors\/a\/config HTTP\/1.1\r\n/);
  for (const port of [portOf(leader.member), leader.relay.port, portOf(follower.member)]) {
    expect(await exchange(port, first ?? '')).toMatch(/^HTTP\/1.1 403 [^]*"error_code":403/);
  }
  expect(await stored()).toMatchObject({ batch: '2' });
});

test('a change that was altered on its way is not made, and its client reads why', async () => {
  leader.relay.alter = (sent) => Buffer.from(sent.toString().replace('"batch":"3"', '"batch":"4"'));
  const { status, body } = await put('3');
  leader.relay.alter = (sent) => sent;
  expect(status).toBe(500);
  expect((body as { message: string }).message).toContain('has another body than its signature');
  expect(await stored()).toMatchObject({ batch: '2' });
});

test('a herder that follows hands a change on to the one that leads', async () => {
  const request = { method: 'PUT', body: JSON.stringify({ ...config, name: 'b' }), timeoutMs: 30_000 };
  const path = '/connectors/b/config?x=%20';
  const { status, headers, body } = await service.send(follower.relay.url, { ...request, path });
  expect([status, headers.location]).toEqual([201, '/connectors/b']);
  expect(JSON.parse(body)).toMatchObject({ name: 'b', config: { topic: NAME } });
  expect(leader.relay.overheard.some((bytes) => bytes.includes(path) && bytes.includes('forwarded: 1'))).toBe(true);
  const again = await service.send(follower.relay.url, {
    ...request,
    method: 'DELETE',
    path: '/connectors/b',
    body: '',
  });
  expect([again.status, again.body]).toEqual([204, '']);
});

test('nobody without the key is answered, by any process', async () => {
  for (const { url } of [...cluster.of('herder'), ...cluster.of('task-executor')]) {
    for (const path of ['/connectors', '/connectors/a', '/internal/tasks/a', '/nothing']) {
      expect((await fetch(`${url}${path}`)).status).toBe(403);
    }
    expect((await fetch(`${url}/health`)).status).toBe(200);
  }
});

test('no change is refused while keys are replaced', async () => {
  const before = keys;
  const changes = async (owner: number) => {
    for (let batch = 0; keys < before + 8; batch += 1) expect((await put(`${owner}${batch}`)).status).toBe(200);
  };
  await Promise.all([1, 2, 3].map(changes));
  expect((await cluster.client.post('/connectors/a/tasks/0/restart')).status).toBe(204);
  await until('the key to be replaced', async () => keys > before + 9, 30_000);
  expect((await put('last')).status).toBe(200);
});
