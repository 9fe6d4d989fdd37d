import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { exchange, ReferenceWorker, type ConnectClient, type Exchanged } from '@tributary/tools/cluster';
import { KafkaConnectClient } from 'kafka-connect-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Fixture } from '../fixture.js';
import type { ByLine } from './by-line.js';
import { HABITS } from './habits.js';
import { liveJava } from './java-life.js';
import { filePlugins, Life, verdict } from './life.js';
import { findJavaClient, findPythonClient, type Found, type JavaClient } from './outside-clients.js';
import { livePython } from './python-life.js';
import { Recorder } from './recorder.js';

// Clients that others wrote do the same on an Apache Kafka Connect 4.3.1 worker and on a gateway: they must see the same.

const java = await findJavaClient();
const python = await findPythonClient();
const unless = (found: Found<JavaClient>) => ('missing' in found ? ` (skipped: ${found.missing})` : '');
const startOf = (found: Found<JavaClient>) => (url: string) => {
  if ('missing' in found) throw new Error(found.missing);
  return found.client.start(url);
};

let fixture: Fixture;
let reference: ReferenceWorker | undefined;
let servers: Readonly<Record<'here' | 'there', ConnectClient>>;

beforeAll(async () => {
  fixture = await Fixture.start();
  const { bootstrapServers } = fixture.broker;
  const starting = ReferenceWorker.start({ bootstrapServers, name: 'there', directory: fixture.file('there') });
  const cluster = await fixture.cluster('here');
  reference = await starting;
  servers = { here: cluster.client, there: reference.client };
});
afterAll(async () => {
  await reference?.stop();
  await fixture?.dispose();
});

/** The notes of a client's life on both servers, led at the same time. */
async function livesOf(client: string, live: (life: Life, url: string) => Promise<void>) {
  const [here, there] = await Promise.all(
    (['here', 'there'] as const).map(async (where) => {
      const recorder = await Recorder.start(servers[where].baseUrl);
      const folder = fixture.file(`${client}-${where}`);
      mkdirSync(folder);
      const life = new Life(`${client}-${where}`, servers[where], recorder, folder);
      try {
        await live(life, recorder.url);
      } finally {
        recorder.close();
      }
      return life.steps;
    }),
  );
  return { here, there };
}

/** The same with a client that is another program. */
const livesByLine = (client: string, start: (url: string) => ByLine, live: typeof liveJava) =>
  livesOf(client, async (life, url) => {
    const byLine = start(url);
    try {
      await live(life, byLine);
    } finally {
      await byLine.close();
    }
  });

test.skipIf('missing' in python)(`kafka-connect-py sees what it sees elsewhere${unless(python)}`, async () => {
  const { here, there } = await livesByLine('python', startOf(python), livePython);
  expect(here).toEqual(there);
});

test.skipIf('missing' in python)(`the command kc runs by itself${unless(python)}`, async () => {
  const command = 'missing' in python ? '' : python.client.command;
  const kc = spawn(command, ['--url', servers.here.baseUrl, 'list'], {
    env: { ...process.env, NO_PROXY: '127.0.0.1' },
  });
  expect(await text(kc.stdout)).toBe('[]\n');
});

test.skipIf('missing' in java)(`the Java client sees what it sees elsewhere${unless(java)}`, async () => {
  const { here, there } = await livesByLine('java', startOf(java), liveJava);
  expect(here).toEqual(there);
});

test('the JavaScript client sees what it sees elsewhere', async () => {
  const { here, there } = await livesOf('npm', async (life, url) => {
    const { hostname: host, port } = new URL(url);
    await liveJavaScript(life, new KafkaConnectClient({ protocol: 'http', host, port: Number(port) }));
  });
  expect(here).toEqual(there);
});

test('what consoles, operators and libraries are known to send is taken as it is elsewhere', async () => {
  const { here, there } = await livesOf('habits', async (life, url) => {
    const config = life.sourceConfig();
    const name = life.own('source');
    await exchange(url, 'POST', '/connectors', JSON.stringify({ name, config }));
    await life.untilState('source', 'RUNNING', 1);
    for (const { method, path, body, headers } of HABITS) {
      const asked = `${method} ${path} ${body ?? ''} ${JSON.stringify(headers)}`;
      await life.step(asked, async () => exchange(url, method, path.replace('NAME', name), body, headers), answerOf);
    }
  });
  expect(here).toEqual(there);
});

/** The parts of an answer that must be the same; what a restart finds, and documentation, need not be. */
function answerOf(outcome: unknown): unknown {
  const { status, headers, text: json } = outcome as Exchanged;
  const body: unknown = status === 202 || json === '' ? undefined : JSON.parse(json);
  const isValidation = typeof body === 'object' && body !== null && 'configs' in body;
  const isPlugins = Array.isArray(body) && typeof body[0] === 'object';
  return {
    status,
    type: status < 400 ? headers['content-type'] : undefined,
    body: isValidation ? verdict(body) : isPlugins ? filePlugins(body) : body,
  };
}

async function liveJavaScript(life: Life, client: KafkaConnectClient): Promise<void> {
  const name = life.own('source');
  const [source, sink] = [client.connector(name), client.connector(life.own('sink'))];
  const nobody = client.connector(life.own('nobody'));
  const config = life.sourceConfig();
  const asked = (what: string, action: () => Promise<unknown>, part?: (data: unknown) => unknown) =>
    life.step(`${what} ${Object.keys(life.steps).length}`, () => seenBy(action, part));

  await asked('getCluster', () => client.getCluster());
  await asked('getConnectors', () => client.getConnectors());
  await asked('plugins', () => client.getConnectorPlugins(), filePlugins);
  await asked('all plugins', () => client.getConnectorPlugins({ connectorsOnly: false }), filePlugins);
  const wrong = { ...config, name, 'tasks.max': 'many' };
  await asked('validate', () => client.validateConnectorConfig('FileStreamSource', wrong), verdict);

  await asked('create', () => client.createConnector(name, config));
  await life.untilState('source', 'RUNNING', 1);
  await asked('create again', () => client.createConnector(name, config));
  await asked('create wrong', () => client.createConnector(life.own('wrong'), wrong));
  await asked('list', () => client.getConnectors({ expand: ['info', 'status'] }));
  await asked('get', () => source.get());
  await asked('config', () => source.getConfig());
  await asked('status', () => source.getStatus());
  await asked('tasks', () => source.getTasks());
  await asked('task', () => source.getTaskStatus(0));
  await life.untilTopics('source', life.own('lines'));
  await asked('topics', () => source.getTopics());
  await asked('reset topics', () => source.resetTopics());
  await asked('update', () => source.updateConfig({ ...config, 'batch.size': '7' }));
  await life.untilState('source', 'RUNNING', 1);
  await asked('restart', () => source.restart());
  await life.untilState('source', 'RUNNING', 1);
  await asked('restart with tasks', () => source.restart({ includeTasks: true, onlyFailed: false }));
  await life.untilState('source', 'RUNNING', 1);
  // It says that these bodies, which are empty, are forms: no Kafka Connect takes that.
  await asked('pause', () => source.pause());
  await asked('resume', () => source.resume());
  await asked('restart task', () => source.restartTask(0));
  await asked('stop', () => source.stop());
  await life.untilOffsets('source', 'position');

  await asked('offsets', () => source.getOffsets());
  await asked('alter offsets while running', () => source.resetOffsets());
  await life.stop('source');
  await asked('status', () => source.getStatus());
  const offsets = [{ partition: { filename: life.file('in') }, offset: { position: 2 } }];
  await asked('alter offsets', () => source.alterOffsets(offsets));
  await asked('offsets', () => source.getOffsets());
  await asked('alter offsets wrongly', () =>
    source.alterOffsets([{ partition: { file: 'x' }, offset: { position: 2 } }]),
  );
  await asked('reset offsets', () => source.resetOffsets());
  await life.untilOffsets('source', '[]');
  await asked('offsets', () => source.getOffsets());

  await asked('create sink', () => sink.create(life.failingSinkConfig()));
  await life.untilTaskState('sink', 'FAILED');
  await asked('status of sink', () => sink.getStatus());
  await asked('get nobody', () => nobody.get());
  await asked('config of nobody', () => nobody.getConfig());
  await asked('status of nobody', () => nobody.getStatus());
  await asked('tasks of nobody', () => nobody.getTasks());
  await asked('task of nobody', () => nobody.getTaskStatus(0));
  await asked('pause nobody', () => nobody.pause());
  await asked('resume nobody', () => nobody.resume());
  await asked('stop nobody', () => nobody.stop());
  await asked('restart nobody', () => nobody.restart());
  await asked('restart task of nobody', () => nobody.restartTask(0));
  await asked('offsets of nobody', () => nobody.getOffsets());
  await asked('reset offsets of nobody', () => nobody.resetOffsets());
  await asked('reset topics of nobody', () => nobody.resetTopics());
  await asked('delete nobody', () => nobody.delete());
  await asked('delete', () => source.delete());
  await asked('delete sink', () => sink.delete());
  await asked('list', () => client.getConnectors());
}

/** What the client got, or the error that it got. */
async function seenBy(action: () => Promise<unknown>, part: (data: unknown) => unknown = (data) => data) {
  try {
    const { status, data } = (await action()) as { readonly status: number; readonly data: unknown };
    return { status, data: part(data) };
  } catch (error) {
    const { message, response } = error as Error & { response?: { readonly status: number; readonly data: unknown } };
    return { message, status: response?.status, data: response?.data };
  }
}
