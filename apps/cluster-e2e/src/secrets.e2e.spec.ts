import { createHash } from 'node:crypto';
import { until } from '@tributary/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { STRINGS } from './fixture.js';
import { MARK, PLAIN_LOGIN, PlantedSecrets, SecretsCluster } from './secrets-cluster.js';

/** How long is waited for what must come, milliseconds. */
const PATIENCE_MS = 60_000;

const secrets = new PlantedSecrets();
const secret = (place: string) => secrets.plant(place);
const POSTED = secret('posted');
const PATCHED = secret('patched');
/** Literal passwords of configurations that are stored: the config topic, and who reads a configuration, has them. */
const STORED = [POSTED, PATCHED].concat(
  ['converter', 'transform', 'sink', 'override-jaas', 'override-key', 'connector'].map(secret),
);
const [, , CONVERTER = '', TRANSFORM = '', SINK = '', OVERRIDE_JAAS = '', OVERRIDE_KEY = '', CONNECTOR = ''] = STORED;

const SOURCE = { 'connector.class': 'TalkativeSource', ...STRINGS, topic: 'secrets-said' };

let cluster: SecretsCluster;
beforeAll(async () => {
  cluster = await SecretsCluster.start(secrets);
}, 300_000);
afterAll(() => cluster.dispose());

const send = (method: string, path: string, body?: unknown, login?: string) => cluster.send(method, path, body, login);

interface State {
  readonly trace?: string;
}

async function trace(name: string): Promise<string> {
  const failed = async (): Promise<string | undefined> => {
    const { status, text } = await send('GET', `/connectors/${name}/status`);
    if (status !== 200) return undefined;
    const { connector, tasks } = JSON.parse(text) as { connector: State; tasks: State[] };
    return connector.trace ?? tasks[0]?.trace;
  };
  return until(`${name} to fail`, failed, PATIENCE_MS);
}

/** Whoever may read or write a configuration is told its passwords where they are not masked. */
const TELLS_PASSWORDS = /^(POST \/connectors|(PUT|PATCH|GET) \/connectors\/\w+(\/config)?) \(20[01]\)$/;
const withoutStored = (text: string) => STORED.reduce((left, each) => left.replaceAll(each, ''), text);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('a cluster that is told secrets', () => {
  test('tells them to nobody who validates, whatever the plugin says', async () => {
    const config = { ...SOURCE, name: 'v', 'tasks.max': cluster.numberVariable };
    const validate = (more: object) =>
      send('PUT', '/connector-plugins/TalkativeSource/config/validate', { ...config, ...more });
    for (const password of [
      secret('validated'),
      cluster.fileVariable,
      '${env:SECRETS_SPEC}',
      `x${cluster.mountedVariable}`,
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
    const jaas = `${PLAIN_LOGIN} password="${OVERRIDE_JAAS}";`;
    const override = { 'producer.override.sasl.jaas.config': jaas, 'producer.override.ssl.key.password': OVERRIDE_KEY };
    const failing = {
      connector: { ...SOURCE, password: CONNECTOR, says: 'connector' },
      start: { ...SOURCE, ...override, password: cluster.fileVariable, says: 'start' },
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
        'transforms.t.password': cluster.mountedVariable,
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
        const dead = await cluster.records('secrets-dead').catch(() => []);
        const both = ['in put with', 'in convert with'].every((said) => dead.some((letter) => letter.includes(said)));
        return both ? dead : undefined;
      },
      PATIENCE_MS,
    );
    expect(letters.join('\n')).not.toContain(MARK);
    expect(letters.join('\n')).toContain('__connect.errors.exception.message=in put with {');
  });

  test('restarts a connector with what its file says now, and shows who asks the variable', async () => {
    const config = { ...SOURCE, topic: 'secrets-file', password: cluster.fileVariable };
    const said = async (password: string) =>
      (await cluster.records('secrets-file').catch(() => [])).some((record) => record.includes(sha256(password)));
    await send('POST', '/connectors', { name: 'reads', config });
    await until('the first password', () => said(secrets.of('file')), PATIENCE_MS);
    cluster.changeFile(secret('file-changed'));
    await until('the second password', () => said(secrets.of('file-changed')), PATIENCE_MS);
    for (const path of ['', '/config', '/tasks']) {
      expect((await cluster.sendMasking('GET', `/connectors/reads${path}`)).text).toContain(
        JSON.stringify(cluster.fileVariable),
      );
    }
  });

  test('shows a password masked where that is switched on, and knows the mask when it comes back', async () => {
    const on = (method: string, path: string, body?: unknown) => cluster.sendMasking(method, path, body);
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
    await send('GET', '/connectors', undefined, `Basic ${btoa(`admin:${secret('wrong-basic')}`)}`);
    await send('GET', '/connectors', undefined, `Bearer ${secret('bearer')}`);
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
      await cluster.sendMasking('GET', path);
    }
    await cluster.askForMetrics();
    const told = cluster.answers.filter(([request, text]) =>
      (TELLS_PASSWORDS.test(request) ? withoutStored(text) : text).includes(MARK),
    );
    expect(told).toEqual([]);
    for (const [name, text] of cluster.logs()) {
      expect(text.includes('"level":"debug"'), name).toBe(true);
      expect(
        text.split('\n').filter((line) => line.includes(MARK)),
        name,
      ).toEqual([]);
      expect(text, name).not.toContain(btoa(`admin:${secrets.of('basic-password')}`));
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
      const found = (await cluster.records(topic)).filter((record) =>
        (topic === 'secrets-configs' ? withoutStored(record) : record).includes(MARK),
      );
      expect(found, topic).toEqual([]);
    }
    expect(secrets.count).toBe(25);
  });
});
