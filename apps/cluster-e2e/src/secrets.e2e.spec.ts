import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { kafkaClients } from '@tributary/kafka-client';
import { until } from '@tributary/testing';
import type { Member, TributaryCluster } from '@tributary/tools/cluster';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Fixture, STRINGS } from './fixture.js';

const PLUGINS = fileURLToPath(new URL('../test/plugins', import.meta.url));
const AUTH = 'org.apache.kafka.connect.rest.basic.auth.extension';
const PLAIN = 'org.apache.kafka.common.security.plain.PlainLoginModule required username="u"';

/** How long is waited for what must come, milliseconds. */
const PATIENCE_MS = 60_000;

/** Every secret that is put somewhere, by where; each is found by its end. */
const secrets = new Map<string, string>();
const MARK = '-5ecret';
function secret(place: string): string {
  const made = `${place}${MARK}`;
  secrets.set(place, made);
  return made;
}

const ADMIN = secret('basic-password');
const POSTED = secret('posted');
const PATCHED = secret('patched');
/** Literal passwords of configurations that are stored: the config topic, and who reads a configuration, has them. */
const STORED = [POSTED, PATCHED].concat(
  ['converter', 'transform', 'sink', 'override-jaas', 'override-key', 'connector'].map((place) => secret(place)),
);
const [, , CONVERTER = '', TRANSFORM = '', SINK = '', OVERRIDE_JAAS = '', OVERRIDE_KEY = '', CONNECTOR = ''] = STORED;

let fixture: Fixture;
let cluster: TributaryCluster;
let masking: Member | undefined;
let file = '';

beforeAll(async () => {
  process.env['SECRETS_SPEC'] = secret('environment');
  process.env['TRIBUTARY_LOG_LEVEL'] = 'TRACE';
  fixture = await Fixture.start();
  file = fixture.file('secrets.properties');
  writeFileSync(file, `first=${secret('file')}\nnumber=${secret('number')}\n`);
  mkdirSync(fixture.file('mounted'));
  writeFileSync(fixture.file('mounted/key'), `${secret('mounted')}\n`);
  writeFileSync(fixture.file('users'), `admin=${ADMIN}\n`);
  const jaas = fixture.file('jaas.conf');
  writeFileSync(jaas, `KafkaConnect { ${AUTH}.PropertyFileLoginModule required file="${fixture.file('users')}"; };`);
  cluster = await fixture.cluster('secrets', 1, {
    'plugin.path': PLUGINS,
    'offset.flush.interval.ms': '300',
    'rest.extension.classes': `${AUTH}.BasicAuthSecurityRestExtension`,
    'rest.auth.login.config': jaas,
    'config.providers': 'file,dir,env',
    'config.providers.file.class': 'FileConfigProvider',
    'config.providers.file.param.ttl.ms': '300',
    'config.providers.dir.class': 'DirectoryConfigProvider',
    'config.providers.dir.param.token': secret('provider-parameter'),
    'config.providers.env.class': 'EnvVarConfigProvider',
    'ssl.keystore.password': secret('worker-keystore'),
    'sasl.jaas.config': `${PLAIN} password="${secret('worker-jaas')}";`,
    'producer.sasl.jaas.config': `${PLAIN} password="${secret('worker-producer-jaas')}";`,
    'listeners.https.ssl.key.password': '${file:' + file + ':first}',
    'header.converter.api.key': secret('worker-converter'),
  });
  process.env['CONNECT_REST_MASK_PASSWORDS'] = 'true';
  masking = await cluster.add('gateway');
  delete process.env['CONNECT_REST_MASK_PASSWORDS'];
}, 300_000);
afterAll(async () => {
  delete process.env['SECRETS_SPEC'];
  delete process.env['TRIBUTARY_LOG_LEVEL'];
  await fixture.dispose();
});

async function send(method: string, path: string, body?: unknown, base = cluster.client.baseUrl, login?: string) {
  const response = await fetch(new URL(path, base), {
    method,
    headers: {
      Authorization: login ?? `Basic ${btoa(`admin:${ADMIN}`)}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  answers.push([`${base === masking?.url ? 'masked ' : ''}${method} ${path} (${response.status})`, text]);
  return { status: response.status, text };
}
/** All that a gateway has ever answered; those of the one that masks are marked. */
const answers: [request: string, text: string][] = [];
/** Whoever may read or write a configuration is told its passwords where they are not masked. */
const TELLS_PASSWORDS = /^(POST \/connectors|(PUT|PATCH|GET) \/connectors\/\w+(\/config)?) \(20[01]\)$/;
const withoutStored = (text: string) => STORED.reduce((left, each) => left.replaceAll(each, ''), text);

const SOURCE = { 'connector.class': 'TalkativeSource', ...STRINGS, topic: 'secrets-said' };
const FILE_VARIABLE = () => '${file:' + file + ':first}';

async function trace(name: string): Promise<string> {
  const failed = async (): Promise<string | undefined> => {
    const { status, text } = await send('GET', `/connectors/${name}/status`);
    if (status !== 200) return undefined;
    const { connector, tasks } = JSON.parse(text) as { connector: State; tasks: State[] };
    return connector.trace ?? tasks[0]?.trace;
  };
  return until(`${name} to fail`, failed, PATIENCE_MS);
}
interface State {
  readonly trace?: string;
}

async function records(topic: string): Promise<string[]> {
  const found: string[] = [];
  const client = { 'bootstrap.servers': fixture.broker.bootstrapServers };
  const reader = kafkaClients.topicReader(client, {
    topic,
    isolation: 'read_committed',
    onRecords: (read) => {
      for (const { key, value, headers } of read) {
        const told = headers?.map((header) => `${header.key}=${String(header.value)}`) ?? [];
        found.push([String(key), String(value), ...told].join(' '));
      }
    },
  });
  await reader.start();
  await reader.stop();
  return found;
}

const logs = () => cluster.members.map(({ name, child }) => [name, readFileSync(child.logFile, 'utf8')] as const);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('a cluster that is told secrets', () => {
  test('tells them to nobody who validates, whatever the plugin says', async () => {
    const config = { ...SOURCE, name: 'v', 'tasks.max': '${file:' + file + ':number}' };
    const validate = (more: object) =>
      send('PUT', '/connector-plugins/TalkativeSource/config/validate', { ...config, ...more });
    for (const password of [
      secret('validated'),
      FILE_VARIABLE(),
      '${env:SECRETS_SPEC}',
      `x\${dir:${fixture.file('mounted')}:key}`,
    ]) {
      for (const says of ['errors', 'validate']) {
        const { status, text } = await validate({
          password,
          says,
          transforms: 't',
          'transforms.t.type': 'TalkativeTransform',
          'transforms.t.password': secret('validated-transform'),
        });
        expect([status, text.includes('password')]).toEqual([says === 'errors' ? 200 : 500, true]);
        expect((await send('POST', '/connectors', { name: 'v', config: { ...config, password, says } })).status).toBe(
          says === 'errors' ? 400 : 500,
        );
      }
    }
    expect(
      (await send('POST', '/connectors', { name: 'v', config: { 'db.password': secret('no-class') } })).status,
    ).toBe(400);
    expect(
      (await send('POST', '/connectors', { name: 'v', config: { ...SOURCE, password: { a: secret('wrong-type') } } }))
        .status,
    ).toBe(400);
  });

  test('tells them in no trace, from a connector, a task, a converter, a transformation or a sink', async () => {
    const jaas = `${PLAIN} password="${OVERRIDE_JAAS}";`;
    const override = { 'producer.override.sasl.jaas.config': jaas, 'producer.override.ssl.key.password': OVERRIDE_KEY };
    const failing = {
      connector: { ...SOURCE, password: CONNECTOR, says: 'connector' },
      start: { ...SOURCE, ...override, password: FILE_VARIABLE(), says: 'start' },
      poll: { ...SOURCE, ...override, password: '${env:SECRETS_SPEC}', says: 'poll' },
      apply: {
        ...SOURCE,
        password: 'none-here',
        transforms: 't',
        'transforms.t.type': 'TalkativeTransform',
        'transforms.t.password': TRANSFORM,
        'transforms.t.says': 'apply',
      },
      configure: {
        ...SOURCE,
        password: 'none-here',
        transforms: 't',
        'transforms.t.type': 'TalkativeTransform',
        'transforms.t.password': `\${dir:${fixture.file('mounted')}:key}`,
        'transforms.t.says': 'configure',
      },
      convert: {
        ...SOURCE,
        password: 'none-here',
        'value.converter': 'TalkativeConverter',
        'value.converter.password': CONVERTER,
        'value.converter.says': 'convert',
      },
    };
    for (const [name, config] of Object.entries(failing)) {
      expect((await send('POST', '/connectors', { name, config })).status).toBe(201);
      const said = await trace(name);
      expect(said, name).toMatch(/in \w+ with .*\[hidden\]/);
      expect(said).not.toContain(MARK);
    }
  });

  test('tells them in no dead letter', async () => {
    await send('POST', '/connectors', { name: 'talks', config: { ...SOURCE, password: POSTED } });
    const sink = {
      'connector.class': 'TalkativeSink',
      ...STRINGS,
      topics: 'secrets-said',
      'errors.tolerance': 'all',
      'errors.log.enable': 'true',
      'errors.log.include.messages': 'true',
      'errors.deadletterqueue.topic.name': 'secrets-dead',
      'errors.deadletterqueue.topic.replication.factor': '1',
      'errors.deadletterqueue.context.headers.enable': 'true',
    };
    const converter = {
      'value.converter': 'TalkativeConverter',
      'value.converter.password': CONVERTER,
      'value.converter.says': 'convert',
    };
    await send('POST', '/connectors', { name: 'put', config: { ...sink, password: SINK, says: 'put' } });
    await send('POST', '/connectors', { name: 'convert-out', config: { ...sink, ...converter } });
    const letters = await until(
      'dead letters of both',
      async () => {
        const dead = await records('secrets-dead').catch(() => []);
        const both = ['in put with', 'in convert with'].every((said) => dead.some((letter) => letter.includes(said)));
        return both ? dead : undefined;
      },
      PATIENCE_MS,
    );
    expect(letters.join('\n')).not.toContain(MARK);
    expect(letters.join('\n')).toContain('__connect.errors.exception.message=in put with {');
  });

  test('restarts a connector with what its file says now, and shows who asks the variable', async () => {
    const config = { ...SOURCE, topic: 'secrets-file', password: FILE_VARIABLE() };
    const said = async (password: string) =>
      (await records('secrets-file').catch(() => [])).some((record) => record.includes(sha256(password)));
    await send('POST', '/connectors', { name: 'reads', config });
    await until('the first password', () => said(secrets.get('file') ?? ''), PATIENCE_MS);
    writeFileSync(file, `first=${secret('file-changed')}\nnumber=${secrets.get('number')}\n`);
    await until('the second password', () => said(secrets.get('file-changed') ?? ''), PATIENCE_MS);
    for (const path of ['', '/config', '/tasks']) {
      expect((await send('GET', `/connectors/reads${path}`, undefined, masking?.url)).text).toContain(
        JSON.stringify(FILE_VARIABLE()),
      );
    }
  });

  test('shows a password masked where that is switched on, and knows the mask when it comes back', async () => {
    const on = (method: string, path: string, body?: unknown) => send(method, path, body, masking?.url);
    const shown = JSON.parse((await on('GET', '/connectors/talks/config')).text) as Record<string, string>;
    expect(shown).toMatchObject({ password: '[hidden]', topic: 'secrets-said' });
    const back = await on('PUT', '/connectors/talks/config', { ...shown, says: 'nothing' });
    expect([back.status, back.text]).toEqual([200, expect.stringContaining('"password":"[hidden]"')]);
    const stored = async () => JSON.parse((await send('GET', '/connectors/talks/config')).text) as unknown;
    expect(await stored()).toMatchObject({ password: POSTED, says: 'nothing' });
    expect((await on('PATCH', '/connectors/talks/config', { password: '[hidden]', says: null })).status).toBe(200);
    expect(await stored()).toEqual({ ...SOURCE, password: POSTED, name: 'talks' });
    expect((await on('PATCH', '/connectors/talks/config', { password: PATCHED })).text).toContain(
      '"password":"[hidden]"',
    );
    expect(await stored()).toMatchObject({ password: PATCHED });

    const unknown = { ...SOURCE, name: 'new', password: '[hidden]' };
    for (const [method, path, body] of [
      ['POST', '/connectors', { name: 'new', config: unknown }],
      ['PUT', '/connectors/new/config', unknown],
      ['PUT', '/connector-plugins/TalkativeSource/config/validate', unknown],
    ] as const) {
      const refused = await on(method, path, body);
      expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('Property password is [hidden]')]);
    }
    const validated = { ...shown, says: 'errors' };
    const { text } = await on('PUT', '/connector-plugins/TalkativeSource/config/validate', validated);
    expect(text).toContain('"errors":["password [hidden] of');
    const elsewhere = { ...shown, 'connector.class': 'FileStreamSource', file: '[hidden]' };
    expect((await on('PUT', '/connector-plugins/FileStreamSource/config/validate', elsewhere)).status).toBe(400);
    const previewed = (config: object) =>
      on('POST', '/connectors/talks/preview', { config, records: [{ topic: 't', value: { text: 'x' } }] });
    expect((await previewed(shown)).status).toBe(200);
    const unstored = await previewed({ ...shown, 'producer.override.ssl.key.password': '[hidden]' });
    expect([unstored.status, unstored.text]).toEqual([400, expect.stringContaining('password is [hidden]')]);
    // Only a gateway that masks says that masks are meant, whatever a client says.
    const plain = '/connectors/talks/config?tributary-masks=true';
    expect((await send('PUT', plain, { ...shown, password: '[hidden]' })).status).toBe(200);
    expect(await stored()).toMatchObject({ password: '[hidden]' });
    await send('PUT', '/connectors/talks/config', { ...shown, password: PATCHED });
  });

  test('has let none of them into logs, metrics, answers or topics', async () => {
    await send('GET', '/connectors', undefined, undefined, `Basic ${btoa(`admin:${secret('wrong-basic')}`)}`);
    await send('GET', '/connectors', undefined, undefined, `Bearer ${secret('bearer')}`);
    const names = JSON.parse((await send('GET', '/connectors')).text) as string[];
    expect(names.toSorted()).toEqual([
      'apply',
      'configure',
      'connector',
      'convert',
      'convert-out',
      'poll',
      'put',
      'reads',
      'start',
      'talks',
    ]);
    const paths = names.flatMap((name) =>
      ['', '/config', '/tasks', '/status', '/tasks/0/status', '/topics', '/offsets'].map(
        (path) => `/connectors/${name}${path}`,
      ),
    );
    for (const path of [
      ...paths,
      '/connectors?expand=info&expand=status',
      '/connectors?expand=info',
      '/',
      '/admin/loggers',
      '/openapi.json',
    ]) {
      await send('GET', path, undefined, masking?.url);
    }
    for (const { url } of cluster.members) {
      const metrics = await fetch(new URL('/metrics', url));
      answers.push([`metrics of ${url}`, await metrics.text()]);
    }
    const told = answers.filter(([request, text]) =>
      (TELLS_PASSWORDS.test(request) ? withoutStored(text) : text).includes(MARK),
    );
    expect(told).toEqual([]);
    for (const [name, text] of logs()) {
      expect(text.includes('"level":"debug"'), name).toBe(true);
      expect(
        text.split('\n').filter((line) => line.includes(MARK)),
        name,
      ).toEqual([]);
      expect(text, name).not.toContain(btoa(`admin:${ADMIN}`));
    }
    const topics = [
      'secrets-configs',
      'secrets-offsets',
      'secrets-status',
      'secrets-said',
      'secrets-dead',
      'secrets-file',
    ];
    for (const topic of topics) {
      const found = (await records(topic)).filter((record) =>
        (topic === 'secrets-configs' ? withoutStored(record) : record).includes(MARK),
      );
      expect(found, topic).toEqual([]);
    }
    expect(secrets.size).toBe(25);
  });
});
