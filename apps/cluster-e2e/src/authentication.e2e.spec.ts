import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exchange, ReferenceWorker, type TributaryCluster } from '@tributary/tools/cluster';
import { Fixture, STRINGS } from './fixture.js';

const CLASSES = 'org.apache.kafka.connect.rest.basic.auth.extension';
const PASSWORDS = { alice: 'changes-9d1f', bob: 'reads-77ab', carol: 'with:colons:-5e1' } as const;

const basic = (text: string) => `Basic ${btoa(text)}`;
const ALICE = basic(`alice:${PASSWORDS.alice}`);

let fixture: Fixture;
let cluster: TributaryCluster;
let reference: ReferenceWorker | undefined;

beforeAll(async () => {
  fixture = await Fixture.start();
  const users = fixture.file('users.properties');
  const jaas = fixture.file('jaas.conf');
  const lines = Object.entries(PASSWORDS).map(([user, password]) => `${user}=${password}\n`);
  writeFileSync(users, lines.join(''));
  writeFileSync(jaas, `KafkaConnect { ${CLASSES}.PropertyFileLoginModule required file="${users}"; };`);
  const extension = { 'rest.extension.classes': `${CLASSES}.BasicAuthSecurityRestExtension` };
  const { bootstrapServers } = fixture.broker;
  const ours = { ...extension, 'rest.auth.login.config': jaas, 'rest.auth.read.only.users': 'bob' };
  [cluster, reference] = await Promise.all([
    fixture.cluster('authentication', 1, ours),
    ReferenceWorker.start(
      { bootstrapServers, name: 'reference', directory: fixture.file('reference'), properties: extension },
      { login: { jaasFile: jaas, authorization: ALICE } },
    ),
  ]);
}, 400_000);
afterAll(async () => {
  await reference?.stop();
  await fixture.dispose();
});

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

test.each<[string, string | null]>([
  ['no header', null],
  ['an empty header', ''],
  ['a right password', ALICE],
  ['a right password with colons', basic(`carol:${PASSWORDS.carol}`)],
  ['a wrong password', basic('alice:wrong')],
  ['a password with a blank behind', basic(`alice:${PASSWORDS.alice} `)],
  ['no password', basic('alice:')],
  ['no colon', basic('alice')],
  ['no user', basic(`:${PASSWORDS.alice}`)],
  ['an unknown user', basic('nobody:x')],
  ['a user in another case', basic(`Alice:${PASSWORDS.alice}`)],
  ['the scheme in another case', ALICE.replace('Basic', 'bASIC')],
  ['the scheme alone', 'Basic'],
  ['nothing behind the scheme', 'Basic '],
  ['two blanks', ALICE.replace(' ', '  ')],
  ['a tab', ALICE.replace(' ', '\t')],
  ['blanks behind', `${ALICE}  `],
  ['something behind', `${ALICE} x`],
  ['no padding', ALICE.replace(/=+$/, '')],
  ['no scheme', ALICE.slice('Basic '.length)],
  ['another scheme', ALICE.replace('Basic', 'Bearer')],
  ['a digest', 'Digest username="alice"'],
])('%s is answered as by the reference', async (_what, authorization) => {
  const requests: [method: string, path: string, body?: string][] = [
    ['GET', '/connectors'],
    ['HEAD', '/connectors'],
    ['GET', '/connectors/none/status'],
    ['PUT', '/connectors/none/pause'],
    ['DELETE', '/connectors/none'],
    ['POST', '/connectors', '{"name":"none","config":{}}'],
    ['GET', '/nowhere'],
    ['PATCH', '/connectors'],
    ['OPTIONS', '/connectors'],
  ];
  for (const [method, path, body] of requests) {
    const [theirs, ours] = await Promise.all(
      [reference?.url ?? '', cluster.client.baseUrl].map(async (url) => {
        const { status, headers, text } = await exchange(url, method, path, body, { authorization });
        const kept = ['www-authenticate', 'allow', ...(status === 401 ? ['content-type', 'content-length'] : [])];
        return { status, text, headers: kept.map((name) => headers[name]) };
      }),
    );
    // Not as there, where it is answered with the text of a decoder: what is no base64 is the client's mistake.
    if (theirs?.status === 500) expect(ours?.status).toBe(401);
    else expect({ request: [method, path], ...ours }).toEqual({ request: [method, path], ...theirs });
  }
});
