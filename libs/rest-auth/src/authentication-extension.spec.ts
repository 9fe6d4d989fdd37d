import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { ServiceApp } from '@tributary/rest-api';
import { auditFilter } from './audit/audit-filter.js';
import { AuthenticationExtension } from './authentication-extension.js';
import { connectorsModule } from './testing/connectors.module.js';

const WORKER = {
  'bootstrap.servers': 'b:9092',
  'group.id': 'g',
  'config.storage.topic': 'c',
  'offset.storage.topic': 'o',
  'status.storage.topic': 's',
  'key.converter': 'K',
  'value.converter': 'V',
};
const ISSUER = 'https://id.example.com';

let directory: string;
let basicProperties: Record<string, string>;
let tokenProperties: Record<string, string>;
let token: (roles: string[]) => Promise<string>;
let app: ServiceApp | undefined;
/** lines of the audit log, without what differs from run to run */
let audited: unknown[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'authentication-'));
  const file = (name: string, text: string) => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };
  const users = file('users.properties', 'alice=secret\nbob=readable\n');
  const module = 'org.apache.kafka.connect.rest.basic.auth.extension.PropertyFileLoginModule';
  basicProperties = {
    'rest.extension.classes': AuthenticationExtension.className,
    'rest.auth.login.config': file('jaas.conf', `KafkaConnect { ${module} required file="${users}"; };`),
    'rest.auth.read.only.users': 'bob',
  };
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  tokenProperties = {
    'rest.auth.jwt.jwks': file('jwks.json', JSON.stringify({ keys: [await exportJWK(publicKey)] })),
    'rest.auth.jwt.issuer': ISSUER,
    'rest.auth.jwt.audience': 'connect',
  };
  token = (roles) =>
    new SignJWT({ iss: ISSUER, aud: 'connect', sub: 'tess', roles })
      .setExpirationTime('10m')
      .setProtectedHeader({ alg: 'EdDSA' })
      .sign(privateKey);
});
afterAll(() => rmSync(directory, { recursive: true }));
afterEach(() => app?.close());

/** Sends to an app behind the extension with these properties; the status, the body and the challenge of the answer. */
async function served(properties: Record<string, string>) {
  audited = [];
  const extension = new AuthenticationExtension();
  await extension.configure({ ...WORKER, ...properties });
  const behind = await ServiceApp.create(connectorsModule);
  app = behind;
  const info = (line: object) => audited.push({ ...line, from: undefined });
  behind.addFilter(auditFilter({ info }, () => 0));
  extension.register({
    use: (filter) => behind.addFilter(filter),
    answerUnserved: (request, response) => behind.answerUnserved(request, response),
  });
  const url = `http://127.0.0.1:${await behind.listen({ protocol: 'http', host: '127.0.0.1', port: 0 })}`;
  return async (what: string, headers: Record<string, string> = {}, body?: string) => {
    const [method = '', path = ''] = what.split(' ');
    const response = await fetch(url + path, { method, headers, body });
    const challenge = response.headers.get('www-authenticate');
    return [response.status, await response.text(), ...(challenge === null ? [] : [challenge])];
  };
}

const basic = (credentials: string) => ({ Authorization: `Basic ${Buffer.from(credentials).toString('base64')}` });
const REFUSED = [401, 'User cannot access the resource.'];
const error = (status: number, message: string) => [status, JSON.stringify({ error_code: status, message })];

describe('basic authentication', () => {
  test('refuses what has no login, or a wrong one, with the answer of the reference', async () => {
    const send = await served(basicProperties);
    const attempts = [{}, basic('alice:wrong'), basic('eve:secret'), { Authorization: 'Bearer abc' }];
    for (const headers of attempts) expect(await send('GET /connectors', headers)).toEqual(REFUSED);
    expect(await send('OPTIONS /connectors')).toEqual(REFUSED);
    expect(await send('POST /connectors', { 'Content-Type': 'application/json' }, '{')).toEqual(REFUSED);
  });

  test('tells anybody what there is not, and what nobody could send', async () => {
    const send = await served(basicProperties);
    expect(await send('GET /nope')).toEqual(error(404, 'HTTP 404 Not Found'));
    expect(await send('DELETE /connectors')).toEqual(error(405, 'HTTP 405 Method Not Allowed'));
    expect(await send('POST /connectors', { 'Content-Type': 'text/plain' }, 'x')).toEqual(
      error(415, 'HTTP 415 Unsupported Media Type'),
    );
    expect(await send('GET /connectors', { Accept: 'text/html' })).toEqual(error(406, 'HTTP 406 Not Acceptable'));
  });

  test('lets users do what their role allows', async () => {
    const send = await served(basicProperties);
    expect(await send('GET /connectors', basic('alice:secret'))).toEqual([200, '["a"]']);
    expect(await send('PUT /connectors/x/pause', basic('alice:secret'))).toEqual([200, '{"name":"x"}']);
    expect(await send('GET /connectors', basic('bob:readable'))).toEqual([200, '["a"]']);
    const refusal = error(403, 'User bob may only read: PUT needs the role admin');
    expect(await send('PUT /connectors/x/pause', basic('bob:readable'))).toEqual(refusal);
    expect(await send('PUT /connector-plugins/x/config/validate', basic('bob:readable'))).toEqual(refusal);
    expect(await send('PUT /nope', basic('bob:readable'))).toEqual(error(404, 'HTTP 404 Not Found'));
  });

  test('finds its JAAS file where a JVM would', async () => {
    const { 'rest.auth.login.config': jaas, ...properties } = basicProperties;
    vi.stubEnv('KAFKA_OPTS', `-Djava.security.auth.login.config=${jaas}`);
    const send = await served(properties).finally(() => vi.unstubAllEnvs());
    expect(await send('GET /connectors', basic('alice:secret'))).toEqual([200, '["a"]']);
    expect(await send('GET /connectors')).toEqual(REFUSED);
  });

  test('knows users who may do nothing', async () => {
    const send = await served({ ...basicProperties, 'rest.auth.admin.users': 'root' });
    expect(await send('GET /connectors', basic('alice:secret'))).toEqual(
      error(403, 'User alice has none of the roles read-only and admin'),
    );
  });

  test('leaves open paths to be read by anybody, and only those', async () => {
    expect(await (await served(basicProperties))('GET /health')).toEqual([200, '{"status":"healthy"}']);
    await app?.close();
    const send = await served({ ...basicProperties, 'rest.auth.open.paths': '/connectors' });
    expect(await send('GET /health')).toEqual(REFUSED);
    expect(await send('GET /connectors?x')).toEqual([200, '["a"]']);
    expect(await send('POST /connectors', { 'Content-Type': 'application/json' }, '{}')).toEqual(REFUSED);
  });
});

describe('bearer tokens', () => {
  const bearer = async (...roles: string[]) => ({ Authorization: `Bearer ${await token(roles)}` });
  const unauthorized = (challenge: string) => [...error(401, 'User cannot access the resource.'), challenge];

  test('say who may do what', async () => {
    const send = await served(tokenProperties);
    expect(await send('PUT /connectors/x/pause', await bearer('admin'))).toEqual([200, '{"name":"x"}']);
    expect(await send('GET /connectors', await bearer('read-only'))).toEqual([200, '["a"]']);
    expect(await send('PUT /connectors/x/pause', await bearer('read-only'))).toEqual(
      error(403, 'User tess may only read: PUT needs the role admin'),
    );
    expect(await send('GET /connectors', await bearer('other'))).toEqual(
      error(403, 'User tess has none of the roles read-only and admin'),
    );
  });

  test('are asked for where they are missing or wrong', async () => {
    const send = await served(tokenProperties);
    expect(await send('GET /connectors')).toEqual(unauthorized('Bearer'));
    expect(await send('GET /connectors', basic('alice:secret'))).toEqual(unauthorized('Bearer'));
    expect(await send('GET /connectors', { Authorization: 'Bearer a.b.c' })).toEqual(
      unauthorized('Bearer error="invalid_token"'),
    );
    expect(await send('GET /nope')).toEqual(error(404, 'HTTP 404 Not Found'));
  });

  test('that cannot be checked now are neither right nor wrong', async () => {
    const send = await served({ ...tokenProperties, 'rest.auth.jwt.jwks': 'http://127.0.0.1:1/jwks' });
    expect(await send('GET /connectors', await bearer('admin'))).toEqual(
      error(503, 'The bearer token cannot be checked now; try again later'),
    );
  });

  test('and passwords are both taken where both are configured', async () => {
    const send = await served({ ...basicProperties, ...tokenProperties });
    expect(await send('GET /connectors', await bearer('admin'))).toEqual([200, '["a"]']);
    expect(await send('GET /connectors', basic('bob:readable'))).toEqual([200, '["a"]']);
    expect(await send('GET /connectors', basic('bob:wrong'))).toEqual(unauthorized('Bearer error="invalid_token"'));
  });
});

describe('the audit log', () => {
  const line = (more: object) => ({
    user: null,
    by: null,
    role: null,
    connector: null,
    ms: 0,
    from: undefined,
    ...more,
  });

  test('has a line for each change, also for one that is refused, and none for a read', async () => {
    const send = await served(basicProperties);
    const json = { 'Content-Type': 'application/json' };
    await send('GET /connectors', basic('alice:secret'));
    await send('PUT /connector-plugins/x/config/validate', basic('alice:secret'));
    await send(
      'POST /connectors?x=hidden',
      { ...basic('alice:secret'), ...json },
      '{"name":"n","config":{"p":"hidden"}}',
    );
    await send('POST /connectors', { ...basic('alice:secret'), ...json }, '{"name":1}');
    await send('PUT /connectors/a%2Fb/pause', basic('bob:readable'));
    await send('PUT /connectors/c/pause');
    const created = { action: 'create connector', method: 'POST', path: '/connectors', status: 201 };
    const pause = { action: 'pause connector', method: 'PUT' };
    await expect.poll(() => audited.length).toBe(4);
    expect(audited).toEqual([
      line({ user: 'alice', by: 'password', role: 'admin', ...created, connector: 'n' }),
      line({ user: 'alice', by: 'password', role: 'admin', ...created }),
      line({
        user: 'bob',
        by: 'password',
        role: 'read-only',
        ...pause,
        connector: 'a/b',
        path: '/connectors/a%2Fb/pause',
        status: 403,
      }),
      line({ ...pause, connector: 'c', path: '/connectors/c/pause', status: 401 }),
    ]);
  });

  test('tells users by token from those by password, and has no token in it', async () => {
    const send = await served({ ...basicProperties, ...tokenProperties });
    const shown = await token(['admin']);
    await send('PUT /connectors/x/pause', { Authorization: `Bearer ${shown}` });
    await expect.poll(() => audited).toMatchObject([{ user: 'tess', by: 'token', role: 'admin', status: 200 }]);
    expect(JSON.stringify(audited)).not.toContain(shown.split('.')[2]);
  });
});
