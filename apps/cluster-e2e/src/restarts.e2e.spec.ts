import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { until } from '@tributary/testing';
import type { TributaryCluster } from '@tributary/tools/cluster';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DocumentedApi } from './documented-api.js';
import { Fixture, STRINGS } from './fixture.js';
import { arrivalOf } from './numbered-lines.js';

const PLUGINS = fileURLToPath(new URL('../test/plugins', import.meta.url));
const DEADLINE_MS = 60_000;
const FAST = { 'errors.restart.backoff.ms': '200', 'errors.restart.backoff.max.ms': '400' };

interface TaskBody {
  readonly state: string;
  readonly trace?: string;
  readonly stalled?: { readonly since: string; readonly in: string };
  readonly auto_restart?: { readonly attempts: number; readonly next?: string; readonly given_up?: string };
}

let fixture: Fixture;
let cluster: TributaryCluster;
let api: DocumentedApi;

beforeAll(async () => {
  fixture = await Fixture.start();
  cluster = await fixture.cluster('restarts', 1, {
    'plugin.path': PLUGINS,
    'session.timeout.ms': '6000',
    'errors.restart.enable': 'true',
    'task.shutdown.graceful.timeout.ms': '2000',
  });
  await cluster.add('herder');
  api = await DocumentedApi.load(cluster.client.baseUrl);
});
afterAll(() => fixture.dispose());

/** Its one task, as the API's document allows it to be shown. */
async function taskOf(connector: string): Promise<TaskBody | undefined> {
  const { status, body } = await api.call('getConnectorStatus', { path: { connector } });
  return status === 200 ? (body as { tasks: TaskBody[] }).tasks[0] : undefined;
}

function taskIs(connector: string, what: string, wanted: (task: TaskBody) => boolean): Promise<TaskBody> {
  const reached = async () => {
    const task = await taskOf(connector);
    if (task !== undefined && wanted(task)) return task;
    throw new Error(`it is ${JSON.stringify(task)}`);
  };
  return until(`the task of ${connector} ${what}`, reached, DEADLINE_MS);
}

/** A source that throws when it has emitted 20 lines, as long as there is no file `<name>.mended`. */
function failing(name: string): Record<string, string> {
  return {
    'connector.class': 'FaultySource',
    topic: name,
    count: '60',
    fault: 'throw',
    'fault.in': 'poll',
    'fault.at': '20',
    'fault.until': fixture.file(`${name}.mended`),
    starts: fixture.file(`${name}.starts`),
    ...STRINGS,
  };
}
const mend = (name: string): void => writeFileSync(fixture.file(`${name}.mended`), '');
const startsOf = (name: string) => {
  const file = fixture.file(`${name}.starts`);
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').length : 0;
};
const metricsOf = async (): Promise<string> => {
  const all = await Promise.all(cluster.of('herder').map(({ url }) => fetch(`${url}/metrics`)));
  return (await Promise.all(all.map((each) => each.text()))).join('\n');
};

test('a task that fails is restarted until it runs, and shows how often', async () => {
  await cluster.client.create('mended', { ...failing('mended'), ...FAST, 'errors.restart.reset.ms': '2000' });
  const failed = await taskIs('mended', 'to be restarted twice', ({ state, auto_restart: restart }) => {
    return state === 'FAILED' && (restart?.attempts ?? 0) >= 2 && restart?.next !== undefined;
  });
  expect(failed.trace).toContain('told to throw');
  const [task, list] = await Promise.all([
    api.call('getTaskStatus', { path: { connector: 'mended', task: '0' } }),
    api.call('listConnectors', { query: '?expand=status' }),
  ]);
  expect(task.body).toHaveProperty('auto_restart.attempts');
  expect(list.body).toHaveProperty('mended.status.tasks[0].auto_restart.attempts');
  expect(await metricsOf()).toMatch(/^kafka_connect_worker_connector_auto_restarts_total{connector="mended"} [2-9]/m);
  mend('mended');
  await taskIs('mended', 'to run', ({ state, auto_restart: restart }) => state === 'RUNNING' && restart !== undefined);
  const forgotten = await taskIs('mended', 'to have run well', ({ auto_restart: restart }) => restart === undefined);
  expect(forgotten.state).toBe('RUNNING');
});

test('a failure that does not pass by itself is left alone', async () => {
  const config = { ...failing('spoilt'), fault: '', poison: '5', ...FAST };
  await cluster.client.create('spoilt', config);
  const {
    state,
    trace,
    auto_restart: restart,
  } = await taskIs('spoilt', 'to be given up', (task) => {
    return task.auto_restart?.given_up !== undefined;
  });
  expect([state, restart]).toEqual(['FAILED', { attempts: 0, given_up: 'fatal' }]);
  expect(trace).toContain('Tolerance exceeded in error handler');
  expect(startsOf('spoilt')).toBe(1);
});

test.each(['put', 'start'])(
  'a sink that hangs in %s says so, and is restarted where that is asked for',
  async (place) => {
    const name = `hanging-${place}`;
    const file = fixture.file(`${name}.txt`);
    await cluster.client.create(name, {
      ...failing(name),
      'connector.class': 'FaultySink',
      topics: 'mended',
      file,
      fault: 'hang',
      'fault.in': place,
      'fault.at': '0',
      ...FAST,
      'errors.stall.timeout.ms': '1000',
      'errors.restart.stalled.enable': 'true',
      'consumer.override.auto.offset.reset': 'earliest',
    });
    // On a busy machine its start may take so long, too.
    const stalled = await taskIs(name, 'to be stalled', (task) => task.stalled?.in === place);
    if (place === 'put') expect(stalled.state).toBe('RUNNING');
    mend(name);
    await until('all lines to arrive', () => arrivalOf(file, 60).missing === 0, DEADLINE_MS);
    await taskIs(name, 'to run well', (task) => task.state === 'RUNNING' && task.stalled === undefined);
  },
);

test('the next leader makes the attempts that are left when the leader is killed between two', async () => {
  const pace = { 'errors.restart.max.attempts': '2', 'errors.restart.backoff.ms': '4000' };
  await cluster.client.create('carried', { ...failing('carried'), ...pace });
  await taskIs('carried', 'to wait for its second restart', ({ auto_restart: restart }) => {
    return restart?.attempts === 1 && restart.next !== undefined;
  });
  const { connector } = await cluster.client.untilState('mended', 'RUNNING', 1);
  const leader = cluster.of('herder').find(({ url }) => new URL(url).host === connector.worker_id);
  if (leader === undefined) throw new Error(`no herder is ${connector.worker_id}`);
  await cluster.end(leader, 'SIGKILL');
  const last = await taskIs('carried', 'to be given up', (task) => task.auto_restart?.given_up !== undefined);
  expect([last.state, last.auto_restart]).toEqual(['FAILED', { attempts: 2, given_up: 'attempts' }]);
  expect(startsOf('carried')).toBe(3);
  mend('carried');
  await api.call('restartTask', { path: { connector: 'carried', task: '0' } });
  await taskIs('carried', 'to run as a user wants', ({ state, auto_restart: restart }) => {
    return state === 'RUNNING' && restart === undefined;
  });
});
