import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { once } from 'node:events';
import { until } from '@tributary/testing';
import { ConnectClient, exchange, type Member, type TributaryCluster } from '@tributary/tools/cluster';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Fixture } from './fixture.js';
import { TroublesomeClients } from './troublesome-clients.js';

let fixture: Fixture;
let cluster: TributaryCluster;
let source: Record<string, string>;

beforeAll(async () => {
  fixture = await Fixture.start();
  cluster = await fixture.cluster('trouble', 1, { 'session.timeout.ms': '6000' });
  source = { 'connector.class': 'FileStreamSource', file: fixture.file('in.txt'), topic: 'trouble' };
  await cluster.client.create('c', source);
  await cluster.client.untilState('c', 'RUNNING', 1);
});
afterAll(() => fixture.dispose());

const only = (members: readonly Member[]): Member => {
  const [member] = members;
  if (member === undefined) throw new Error('nobody is left');
  return member;
};

test('herders and executors do nothing that is not signed', async () => {
  const refused = '{"error_code":403,"message":"Internal request missing required signature"}';
  const herder = only(cluster.of('herder')).url;
  const executor = only(cluster.of('task-executor')).url;
  const signed = (url: string) => ({
    'x-connect-authorization': randomBytes(32).toString('base64'),
    'x-connect-request-signature-algorithm': 'HmacSHA256',
    'x-tributary-request-target': url,
    'x-tributary-request-time': String(Date.now()),
    'x-tributary-request-nonce': randomBytes(16).toString('base64url'),
    'x-tributary-body-digest': randomBytes(32).toString('base64url'),
    'x-tributary-forwarded': '0',
  });
  const config = JSON.stringify({ ...source, name: 'x' });
  for (const [url, method, path, body] of [
    [herder, 'POST', '/connectors', JSON.stringify({ name: 'x', config: source })],
    [herder, 'PUT', '/connectors/x/config', config],
    [herder, 'PUT', '/connectors/c/stop', ''],
    [herder, 'PUT', '/connectors/c/topics/reset', ''],
    [herder, 'POST', '/connectors/c/restart', ''],
    [herder, 'DELETE', '/connectors/c', ''],
    [executor, 'POST', '/internal/tasks/c/0/restart', ''],
  ] as const) {
    expect(await exchange(url, method, path, body), path).toMatchObject({ status: 403, text: refused });
    expect(await exchange(url, method, path, body, signed(url)), path).toMatchObject({
      status: 403,
      text: '{"error_code":403,"message":"Internal request contained invalid signature."}',
    });
  }
  expect((await cluster.client.get('/connectors')).body).toEqual(['c']);
  await cluster.client.untilState('c', 'RUNNING', 1);
});

test('200 clients at once are served while others send slowly or not to the end', async () => {
  const { hostname, port } = new URL(cluster.client.baseUrl);
  const slow = Array.from({ length: 20 }, () => connect(Number(port), hostname));
  const body = JSON.stringify({ ...source, 'batch.size': '10' });
  const head = `PUT /connectors/c/config HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n`;
  const answers = slow.map(async (socket) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    await once(socket, 'close');
    return text;
  });
  for (const socket of slow) socket.write(head + body.slice(0, 20));

  const clients = Array.from({ length: 200 }, (_, n) =>
    n % 10 === 0
      ? cluster.client.put(`/connectors/many-${n}/config`, { ...source, topic: `many-${n}` })
      : cluster.client.get(n % 2 === 0 ? '/connectors/c/status' : '/connectors?expand=info&expand=status'),
  );
  const statuses = (await Promise.all(clients)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 201)).toHaveLength(20);
  expect(statuses.filter((status) => status === 200)).toHaveLength(180);

  const [gone, finished] = [slow.slice(0, 10), slow.slice(10)];
  for (const socket of gone) socket.destroy();
  for (const socket of finished) socket.write(body.slice(20));
  for (const answer of (await Promise.all(answers)).slice(10)) expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  const names = (await cluster.client.get('/connectors')).body as string[];
  expect(names).toHaveLength(21);
  const deleted = await Promise.all(
    names.filter((name) => name !== 'c').map((name) => cluster.client.delete(`/connectors/${name}`)),
  );
  expect(deleted.every(({ status }) => status === 204)).toBe(true);
  expect((await cluster.client.get('/connectors')).body).toEqual(['c']);
});

test('200 clients that are half, slow or deaf and 500 idle ones keep nobody from being served, and leave nothing behind', async () => {
  const { client } = cluster;
  const descriptors = async () => {
    const metrics = String((await client.get('/metrics')).body);
    return Number(/^process_open_fds (\d+)$/m.exec(metrics)?.[1]);
  };
  const before = await descriptors();
  const crowd = new TroublesomeClients(client.baseUrl);
  try {
    crowd.halfRequests(80);
    crowd.slowBodies(80);
    crowd.deafOnes(40);
    crowd.idleOnes(500);
    await until('all of them to be there', async () => (await descriptors()) > before + 600, 60_000);
    for (let round = 0; round < 20; round++) {
      expect((await client.get('/connectors/c/status')).status).toBe(200);
      expect((await client.put('/connectors/c/config', { ...source, note: String(round) })).status).toBe(200);
      expect((await client.get('/connectors/c/config')).body).toMatchObject({ note: String(round) });
    }
  } finally {
    crowd.leave();
  }
  await until('their connections to be gone', async () => (await descriptors()) < before + 50, 60_000);
  expect((await client.get('/health')).status).toBe(200);
  expect((await client.get('/connectors')).body).toEqual(['c']);
});

test('a request is answered by the herder that takes over from one that was killed', async () => {
  const second = await cluster.add('herder');
  const first = only(cluster.of('herder'));
  await cluster.end(first, 'SIGKILL');
  const changed = await cluster.client.put('/connectors/c/config', { ...source, 'batch.size': '20' });
  expect(changed.status).toBe(200);
  expect((await cluster.client.get('/connectors/c/config')).body).toMatchObject({ 'batch.size': '20' });
  const ownerOf = async () =>
    ((await cluster.client.get('/connectors/c/status')).body as { connector: { worker_id: string } }).connector
      .worker_id;
  await until('the connector to run there', async () => (await ownerOf()) === new URL(second.url).host, 60_000);
});

test('a request that finds no herder waits for one, and reading needs none', async () => {
  await cluster.end(only(cluster.of('herder')), 'SIGTERM');
  let answered = false;
  const created = cluster.client.post('/connectors', { name: 'late', config: source }).finally(() => (answered = true));
  const other = new ConnectClient((await cluster.add('gateway')).url);
  expect((await other.get('/connectors')).body).toEqual(['c']);
  expect((await other.get('/connectors/c/config')).status).toBe(200);
  expect(answered).toBe(false);
  await cluster.add('herder');
  expect((await created).status).toBe(201);
  expect((await other.get('/connectors/late')).status).toBe(200);
  await until(
    'its task to run',
    async () => (await other.get('/connectors/late/tasks/0/status')).status === 200,
    60_000,
  );
});

test('requests are carried out while a herder ends in good order', async () => {
  await cluster.add('herder');
  const first = only(cluster.of('herder'));
  let ended = false;
  const ending = cluster.end(first, 'SIGTERM').then(() => (ended = true));
  let last = 0;
  while (!ended) {
    last += 1;
    const { status, body } = await cluster.client.put('/connectors/c/config', { ...source, note: String(last) });
    expect([status, body]).toMatchObject([200, { name: 'c' }]);
  }
  await ending;
  expect((await cluster.client.get('/connectors/c/config')).body).toMatchObject({ note: String(last) });
});
