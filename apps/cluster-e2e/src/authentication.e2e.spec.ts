import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TributaryCluster } from '@tributary/tools/cluster';
import { Fixture, STRINGS } from './fixture.js';

const CLASSES = 'org.apache.kafka.connect.rest.basic.auth.extension';
const PASSWORDS = { alice: 'changes-9d1f', bob: 'reads-77ab' } as const;

let fixture: Fixture;
let cluster: TributaryCluster;

beforeAll(async () => {
  fixture = await Fixture.start();
  const users = fixture.file('users.properties');
  const jaas = fixture.file('jaas.conf');
  const lines = Object.entries(PASSWORDS).map(([user, password]) => `${user}=${password}\n`);
  writeFileSync(users, lines.join(''));
  writeFileSync(jaas, `KafkaConnect { ${CLASSES}.PropertyFileLoginModule required file="${users}"; };`);
  cluster = await fixture.cluster('authentication', 1, {
    'rest.extension.classes': `${CLASSES}.BasicAuthSecurityRestExtension`,
    'rest.auth.login.config': jaas,
    'rest.auth.read.only.users': 'bob',
  });
});
afterAll(() => fixture.dispose());

async function send(user: keyof typeof PASSWORDS | undefined, method: string, path: string, body?: object) {
  const credentials = user === undefined ? undefined : btoa(`${user}:${PASSWORDS[user]}`);
  const response = await fetch(new URL(path, cluster.client.baseUrl), {
    method,
    headers: {
      ...(credentials === undefined ? {} : { Authorization: `Basic ${credentials}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return [response.status, await response.text()] as const;
}

/** What the gateway's audit log says, in short. */
const audited = () =>
  cluster
    .of('gateway')
    .flatMap(({ child }) => readFileSync(child.logFile, 'utf8').split('\n'))
    .filter((line) => line.includes('"logger":"audit"'))
    .map((line): unknown[] => {
      const { user, action, connector, status } = JSON.parse(line) as Record<string, unknown>;
      return [user, action, connector, status];
    });

test('a cluster does what its users may do, and says who did it', async () => {
  const config = {
    'connector.class': 'FileStreamSource',
    file: fixture.file('lines.txt'),
    topic: 'authentication-lines',
    ...STRINGS,
  };
  const refused = [401, 'User cannot access the resource.'];
  expect(await send(undefined, 'GET', '/connectors')).toEqual(refused);
  expect(await send(undefined, 'POST', '/connectors', { name: 'lines', config })).toEqual(refused);
  expect((await send('bob', 'POST', '/connectors', { name: 'lines', config }))[0]).toBe(403);
  expect(await send('bob', 'GET', '/connectors')).toEqual([200, '[]']);

  expect((await send('alice', 'POST', '/connectors', { name: 'lines', config }))[0]).toBe(201);
  expect((await send('alice', 'PUT', '/connectors/lines/pause'))[0]).toBe(202);
  expect(await send('bob', 'GET', '/connectors/lines')).toMatchObject([200, expect.stringContaining('"lines"')]);
  expect(await send(undefined, 'GET', '/connectors/lines')).toEqual(refused);
  expect((await send('bob', 'DELETE', '/connectors/lines'))[0]).toBe(403);
  expect((await send('alice', 'DELETE', '/connectors/lines'))[0]).toBe(204);

  await expect.poll(audited, { timeout: 30_000 }).toEqual([
    [null, 'create connector', null, 401],
    ['bob', 'create connector', null, 403],
    ['alice', 'create connector', 'lines', 201],
    ['alice', 'pause connector', 'lines', 202],
    ['bob', 'delete connector', 'lines', 403],
    ['alice', 'delete connector', 'lines', 204],
  ]);
});

test('no password is in a log', () => {
  const logs = cluster.members.map(({ child }) => readFileSync(child.logFile, 'utf8')).join('');
  expect(logs).toContain('"user":"alice"');
  for (const [user, password] of Object.entries(PASSWORDS)) {
    expect(logs).not.toContain(password);
    expect(logs).not.toContain(btoa(`${user}:${password}`));
  }
});
