import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { until } from '@tributary/testing';
import { ConnectClient, exchange, TributaryCluster } from '@tributary/tools/cluster';
import { freePort } from '@tributary/tools/process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Fixture, STRINGS } from './fixture.js';

let fixture: Fixture;
const PLUGINS = fileURLToPath(new URL('../test/rest-plugins', import.meta.url));

beforeAll(async () => {
  fixture = await Fixture.start();
});
afterAll(() => fixture.dispose());

/** Status and body as text, as the reference 4.3.1 gave them. */
async function ask(url: string, method: string, path: string, body: unknown = ''): Promise<string> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await exchange(url, method, path, text);
  return `${answer.status} ${answer.text}`;
}

const failed = (status: number, message: string) => `${status} ${JSON.stringify({ error_code: status, message })}`;

describe('with the defaults', () => {
  let cluster: TributaryCluster;
  let url: string;

  beforeAll(async () => {
    cluster = await fixture.cluster('rest-more');
    url = cluster.client.baseUrl;
  });

  test('a patch sets and removes single properties, and is validated', async () => {
    const config = { 'connector.class': 'FileStreamSource', file: fixture.file('a'), topic: 't', ...STRINGS };
    await cluster.client.create('patched', config);
    const patch = (body: unknown) => ask(url, 'PATCH', '/connectors/patched/config', body);
    const { status, body } = await cluster.client.send('PATCH', '/connectors/patched/config', {
      file: null,
      'tasks.max': 2,
      x: true,
    });
    const { file: _removed, ...rest } = config;
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { name: 'patched', config: { ...rest, name: 'patched', 'tasks.max': '2', x: 'true' }, type: 'source' },
    });
    expect((await cluster.client.get('/connectors/patched/config')).body).not.toHaveProperty('file');
    expect(await ask(url, 'PATCH', '/connectors/nope/config', { a: 'b' })).toBe(
      failed(404, 'Connector nope not found'),
    );
    expect(await patch({ 'tasks.max': 'z' })).toContain(
      'contains the following 2 error(s):\\nInvalid value z for configuration tasks.max: Not a number of type INT\\n',
    );
    expect(await patch({ name: null })).toContain(
      'Missing required configuration \\"name\\" which has no default value.',
    );
    expect(await patch({ name: 'other' })).toBe(
      failed(400, "Connector name configuration (other) doesn't match connector name in the URL (patched)"),
    );
  });

  test('patches at the same time are all kept', async () => {
    const config = { 'connector.class': 'FileStreamSource', file: fixture.file('b'), topic: 't', ...STRINGS };
    await cluster.client.create('busy', config);
    const keys = Array.from({ length: 8 }, (_, index) => `key.${index}`);
    const answers = await Promise.all(keys.map((key) => ask(url, 'PATCH', '/connectors/busy/config', { [key]: '1' })));
    expect(answers.map((answer) => answer.slice(0, 3))).toEqual(keys.map(() => '200'));
    const { body } = await cluster.client.get('/connectors/busy/config');
    expect(body).toMatchObject(Object.fromEntries(keys.map((key) => [key, '1'])));
  });

  test('levels of loggers are shown and set', async () => {
    const root = '/admin/loggers/root';
    expect(await ask(url, 'GET', '/admin/loggers/nope')).toBe(failed(404, 'Logger nope not found.'));
    expect(await ask(url, 'GET', root)).toBe('200 {"level":"INFO","last_modified":null}');
    expect(Object.keys((await cluster.client.get('/admin/loggers')).body as object)).toContain('root');
    const own = '/admin/loggers/my.own.ns';
    expect(await ask(url, 'PUT', own, { level: 'warn' })).toBe('200 ["my.own.ns"]');
    expect(await ask(url, 'PUT', own, { level: 'WARN', x: 1 })).toBe('200 []');
    expect(await ask(url, 'GET', own)).toMatch(/^200 \{"level":"WARN","last_modified":\d{13}\}$/);
    expect(await ask(url, 'PUT', `${own}?scope=foo`, { level: 'TRACE' })).toBe('200 ["my.own.ns"]');
    for (const scope of ['worker', 'CLUSTER']) {
      expect(await ask(url, 'PUT', `${own}?scope=${scope}`, { level: 'bogus' })).toBe(
        failed(404, "invalid log level 'bogus'."),
      );
      expect(await ask(url, 'PUT', `${own}?scope=${scope}`, {})).toBe(
        failed(400, "Desired 'level' parameter was not specified in request."),
      );
    }
    expect(await ask(url, 'PUT', '/admin/loggers', { level: 'INFO' })).toMatch(/^405 /);
  });

  test('a level for the cluster reaches every process', async () => {
    const second = await cluster.add('gateway');
    expect(await ask(url, 'PUT', '/admin/loggers/root?scope=Cluster', { level: 'DEBUG' })).toBe('204 ');
    for (const gateway of [url, second.url]) {
      await until(
        'the level to be set',
        async () => (await ask(gateway, 'GET', '/admin/loggers/root')).startsWith('200 {"level":"DEBUG"'),
        30_000,
      );
    }
    await cluster.client.create('chatty', {
      'connector.class': 'FileStreamSource',
      file: fixture.file('c'),
      topic: 't',
      ...STRINGS,
    });
    for (const role of ['herder', 'task-executor'] as const) {
      const logs = cluster.of(role).map(({ child }) => child.logFile);
      await until(
        `${role} to log its details`,
        () => logs.every((log) => readFileSync(log, 'utf8').includes('"level":"debug"')),
        30_000,
      );
    }
    expect(await ask(url, 'PUT', '/admin/loggers/root?scope=cluster', { level: 'INFO' })).toBe('204 ');
  });

  test('plugins show their properties', async () => {
    const config = (query: string) => ask(url, 'GET', `/connector-plugins/FileStreamSource/config${query}`);
    for (const query of ['', '?version=4.3.1', '?version=%5B4.3.1%5D']) {
      const [status, json = ''] = (await config(query)).split(/ (.*)/s);
      const keys = JSON.parse(json) as { name: string; default_value: string | null }[];
      expect(status).toBe('200');
      expect(keys.slice(0, 5).map(({ name }) => name)).toEqual([
        'file',
        'topic',
        'batch.size',
        'name',
        'connector.class',
      ]);
      expect(keys.find(({ name }) => name === 'connector.plugin.version')?.default_value).toBe('4.3.1');
    }
    const missing = (range: string) =>
      failed(
        400,
        'Plugin org.apache.kafka.connect.file.FileStreamSourceConnector not found that matches the version range ' +
          `${range}, available versions: [4.3.1]`,
      );
    expect(await config('?version=9.9')).toBe(missing('[9.9,9.9]'));
    expect(await config('?version=%5Bbad')).toBe(failed(400, 'Invalid version specification: [bad'));
    expect(await ask(url, 'GET', '/connector-plugins/nope/config?version=1')).toBe(failed(404, 'Unknown plugin nope.'));
  });

  test('only true means connectors only', async () => {
    const types = async (query: string) => {
      const { body } = await cluster.client.get(`/connector-plugins${query}`);
      return [...new Set((body as { type: string }[]).map(({ type }) => type))];
    };
    for (const query of ['', '?connectorsOnly=', '?connectorsOnly=True']) {
      expect(await types(query)).toEqual(['sink', 'source']);
    }
    for (const query of ['?connectorsOnly=false', '?connectorsOnly=x', '?connectorsOnly=false&connectorsOnly=true']) {
      expect(await types(query)).toEqual(expect.arrayContaining(['sink', 'source', 'converter', 'header_converter']));
    }
  });

  test.each([
    ['/', 'HEAD,GET,OPTIONS'],
    ['/health', 'HEAD,GET,OPTIONS'],
    ['/connectors/', 'HEAD,POST,GET,OPTIONS'],
    ['/connectors/x', 'HEAD,DELETE,GET,OPTIONS'],
    ['/connectors/x/config', 'HEAD,GET,OPTIONS,PUT,PATCH'],
    ['/connectors/x/offsets', 'HEAD,DELETE,GET,OPTIONS,PATCH'],
    ['/connectors/x/status', 'HEAD,GET,OPTIONS'],
    ['/connectors/x/restart', 'POST,OPTIONS'],
    ['/connectors/x/stop', 'OPTIONS,PUT'],
    ['/connectors/x/tasks/0/restart', 'POST,OPTIONS'],
    ['/connector-plugins', 'HEAD,GET,OPTIONS'],
    ['/connector-plugins/x/config', 'HEAD,GET,OPTIONS'],
    ['/connector-plugins/x/config/validate', 'OPTIONS,PUT'],
    ['/admin/loggers', 'HEAD,GET,OPTIONS'],
    ['/admin/loggers/root', 'HEAD,GET,OPTIONS,PUT'],
  ])('OPTIONS %s allows %s', async (path, allowed) => {
    const { status, headers, text } = await exchange(url, 'OPTIONS', path);
    expect({ status, allow: headers.allow, type: headers['content-type'], text }).toEqual({
      status: 200,
      allow: allowed,
      type: 'text/plain',
      text: allowed.replaceAll(',', ', '),
    });
    expect(headers).not.toHaveProperty('vary');
  });

  test('HEAD answers as GET does, without a body', async () => {
    for (const [path, status] of [
      ['/', 200],
      ['/connectors', 200],
      ['/admin/loggers/root', 200],
      ['/connectors/nope', 404],
      ['/connectors/nope/offsets', 404],
      ['/connectors/nope/pause', 405],
    ] as const) {
      expect(await exchange(url, 'HEAD', path)).toMatchObject({ status, text: '' });
    }
  });
});

describe('with headers, admin listeners and an extension', () => {
  let cluster: TributaryCluster;
  let url: string;
  let adminUrl: string;

  beforeAll(async () => {
    adminUrl = `http://127.0.0.1:${await freePort()}`;
    cluster = await fixture.cluster('rest-surface', 0, {
      'access.control.allow.origin': 'http://.*\\.foo\\.com,http://bar.com',
      'access.control.allow.methods': 'GET,PUT,OPTIONS',
      'response.http.headers.config': 'add X-One: 1, "set X-Two: a,b", setDate X-Date: 1000',
      'admin.listeners': adminUrl,
      'plugin.path': PLUGINS,
      'rest.extension.classes': 'Doorman',
    });
    url = cluster.client.baseUrl;
  });

  test('every answer carries the headers that are configured', async () => {
    for (const path of ['/', '/nope', '/connectors/nope', '/admin/loggers']) {
      const { headers } = await exchange(url, 'GET', path);
      expect(headers).toMatchObject({ vary: 'Origin', 'x-one': '1', 'x-two': 'a,b' });
      expect(Date.parse(String(headers['x-date']))).toBeGreaterThan(Date.parse(String(headers.date)));
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  test('pages of allowed origins may read answers, and ask before they change anything', async () => {
    for (const origin of ['http://a.foo.com', 'http://bar.com']) {
      const { headers } = await exchange(url, 'GET', '/nope', '', { origin });
      expect(headers).toMatchObject({ 'access-control-allow-origin': origin });
      const preflight = { origin, 'access-control-request-method': 'PUT' };
      expect((await exchange(url, 'OPTIONS', '/connectors', '', preflight)).headers).toMatchObject({
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'GET,PUT,OPTIONS',
        'access-control-allow-headers': 'Content-Type',
        'access-control-max-age': '60',
        allow: 'HEAD,POST,GET,OPTIONS',
      });
    }
    const { status, headers } = await exchange(url, 'GET', '/', '', { origin: 'https://bar.com' });
    expect(status).toBe(200);
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  test('the admin endpoints are on their own listener only, and nothing else is there', async () => {
    expect(await ask(url, 'GET', '/admin/loggers/root')).toBe(failed(404, 'HTTP 404 Not Found'));
    expect(await ask(url, 'GET', `${url}/admin/loggers/root`)).toBe(failed(404, 'HTTP 404 Not Found'));
    const { status, headers } = await exchange(adminUrl, 'GET', '/admin/loggers/root', '', {
      origin: 'http://bar.com',
    });
    expect(status).toBe(200);
    for (const header of ['vary', 'x-one', 'access-control-allow-origin']) expect(headers).not.toHaveProperty(header);
    for (const path of ['/', '/connectors', '/health']) {
      expect(await ask(adminUrl, 'GET', path)).toBe(failed(404, 'HTTP 404 Not Found'));
    }
  });

  test('an extension sees every request first', async () => {
    for (const base of [url, adminUrl]) {
      const bad = await exchange(base, 'GET', '/admin/loggers', '', { 'x-bad': 'yes' });
      expect(bad).toMatchObject({ status: base === url ? 404 : 401 });
    }
    expect(await exchange(url, 'DELETE', '/connectors/x', '', { 'x-bad': 'yes' })).toMatchObject({
      status: 401,
      text: 'User cannot access the resource.',
    });
    expect(await ask(url, 'GET', '/group')).toBe('200 rest-surface');
    expect(await ask(url, 'GET', '/connectors')).toBe('200 []');
  });
});

test('an extension that is not there keeps the gateway from starting, in one line', async () => {
  const cluster = new TributaryCluster({
    bootstrapServers: fixture.broker.bootstrapServers,
    name: 'rest-nobody',
    directory: fixture.file('rest-nobody'),
    properties: { 'plugin.path': PLUGINS, 'rest.extension.classes': 'Nobody' },
  });
  await expect(cluster.add('gateway')).rejects.toThrow();
  const [gateway] = cluster.of('gateway');
  const log = gateway === undefined ? '' : readFileSync(gateway.child.logFile, 'utf8');
  await cluster.stop();
  expect(log.split('\n').filter((line) => line.includes('"level":"fatal"'))).toEqual([
    expect.stringContaining(
      'Invalid value Nobody for configuration rest.extension.classes: no package on plugin.path has an extension of ' +
        'that name; there are: org.apache.kafka.connect.rest.basic.auth.extension.BasicAuthSecurityRestExtension, Doorman',
    ),
  ]);
});

test('no admin listeners mean no admin endpoints', async () => {
  const cluster = await fixture.cluster('rest-no-admin', 0, { 'admin.listeners': '' });
  const client = new ConnectClient(cluster.client.baseUrl);
  expect((await client.get('/admin/loggers')).status).toBe(404);
  expect((await client.get('/connectors')).status).toBe(200);
});
