import { readFileSync, statSync } from 'node:fs';
import { kafkaClients } from '@tributary/kafka-client';
import { until } from '@tributary/testing';
import { ReferenceWorker, TributaryCluster, type Member, type Role } from '@tributary/tools/cluster';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Fixture, STRINGS } from './fixture.js';
import { appendNumberedLines, arrivalOf } from './numbered-lines.js';

const SESSION_MS = 6_000;
const CONNECTORS = 50;
const TASKS = 2;

let fixture: Fixture;
let cluster: TributaryCluster;
beforeAll(async () => {
  fixture = await Fixture.start();
  cluster = await fixture.cluster('whole', 1, {
    'session.timeout.ms': String(SESSION_MS),
    'heartbeat.interval.ms': '1000',
    'offset.flush.interval.ms': '500',
    'config.storage.partitions': '1',
    'status.storage.partitions': '3',
    'executor.max.threads': '4',
  });
  await cluster.add('herder');
});
afterAll(() => fixture.dispose());

interface StatusBody {
  readonly connector: { readonly state: string; readonly worker_id: string };
  readonly tasks: readonly { readonly id: number; readonly state: string; readonly worker_id: string }[];
}
async function statuses(): Promise<Map<string, StatusBody>> {
  const { body } = await cluster.client.get('/connectors?expand=status');
  const all = body as Record<string, { status: StatusBody }>;
  return new Map(Object.entries(all).map(([name, { status }]) => [name, status]));
}
const hostOf = ({ url }: Member) => new URL(url).host;
const tasksOf = (all: ReadonlyMap<string, StatusBody>) =>
  [...all].flatMap(([name, { tasks }]) => tasks.map((task) => ({ name, ...task })));

async function settled(what: string, good: (all: Map<string, StatusBody>) => boolean): Promise<void> {
  let last = new Map<string, StatusBody>();
  await until(what, async () => good((last = await statuses())), 60_000, 100).catch((cause: unknown) => {
    const seen = [...last].map(([name, { connector, tasks }]) =>
      [name, connector.state, ...tasks.map(({ state, worker_id }) => `${state}@${worker_id}`)].join(' '),
    );
    throw new Error(`${String(cause)}: ${seen.join(', ')}`, { cause });
  });
}
const allRunning = (all: Map<string, StatusBody>, connectors: number) =>
  all.size === connectors &&
  [...all.values()].every(
    ({ connector, tasks }) =>
      connector.state === 'RUNNING' && tasks.length > 0 && tasks.every(({ state }) => state === 'RUNNING'),
  );
const runOn = (all: Map<string, StatusBody>, member: Member) =>
  tasksOf(all).filter(({ worker_id }) => worker_id === hostOf(member)).length;

test('internal topics are compacted and have their partitions', async () => {
  const admin = kafkaClients.admin({ 'bootstrap.servers': fixture.broker.bootstrapServers });
  const names = ['configs', 'offsets', 'status'].map((kind) => `whole-${kind}`);
  const counts = await admin.partitionCounts(names);
  expect(names.map((name) => counts.get(name))).toEqual([1, 5, 3]);
  for (const name of names) expect((await admin.topicConfigs(name))?.get('cleanup.policy')).toBe('compact');
  await admin.close();
});

test('many connectors settle, spread over executors that come and go, pause, stop and resume', async () => {
  const names = Array.from({ length: CONNECTORS }, (_, n) => `many-${n}`);
  await Promise.all(
    names.map((name) =>
      cluster.client.create(name, {
        'connector.class': 'FileStreamSink',
        topics: `topic-${name}`,
        'tasks.max': String(TASKS),
        file: fixture.file(name),
        ...STRINGS,
      }),
    ),
  );
  await settled('all to run', (all) => allRunning(all, CONNECTORS) && tasksOf(all).length === CONNECTORS * TASKS);

  const [first] = cluster.of('task-executor');
  if (first === undefined) throw new Error('there is no executor');
  const startsIn = ({ child }: Member) => readFileSync(child.logFile, 'utf8').split('"task is RUNNING"').length - 1;
  const startsBefore = startsIn(first);
  expect(startsBefore).toBe(CONNECTORS * TASKS);
  const second = await cluster.add('task-executor');
  const half = (CONNECTORS * TASKS) / 2;
  await settled('half to move', (all) => allRunning(all, CONNECTORS) && runOn(all, second) === half);
  // what stayed was left alone
  expect([startsIn(first), startsIn(second)]).toEqual([startsBefore, half]);

  const paused = await Promise.all(names.map((name) => cluster.client.put(`/connectors/${name}/pause`)));
  expect(paused.map(({ status }) => status)).toEqual(names.map(() => 202));
  const stateOf = (state: string) => (all: Map<string, StatusBody>) =>
    [...all.values()].every(({ connector }) => connector.state === state) &&
    tasksOf(all).every((task) => task.state === state);
  await settled('all to be paused', stateOf('PAUSED'));
  await Promise.all(names.map((name) => cluster.client.put(`/connectors/${name}/resume`)));
  await settled('all to run again', (all) => allRunning(all, CONNECTORS));

  await cluster.end(second, 'SIGTERM');
  await settled('all to run here', (all) => allRunning(all, CONNECTORS) && runOn(all, first) === CONNECTORS * TASKS);

  await Promise.all(names.map((name) => cluster.client.put(`/connectors/${name}/stop`)));
  await settled('all to be stopped', (all) =>
    [...all.values()].every(({ connector, tasks }) => connector.state === 'STOPPED' && tasks.length === 0),
  );
  await Promise.all(names.map((name) => cluster.client.delete(`/connectors/${name}`)));
  await settled('all to be gone', (all) => all.size === 0);
});

test.each(['SIGTERM', 'SIGKILL'] as const)('another herder leads after %s of the leader', async (signal) => {
  const { client } = cluster;
  const config = { 'connector.class': 'FileStreamSource', file: fixture.file('led'), topic: 'led', ...STRINGS };
  await client.create('led', config);
  const { connector } = (await client.untilState('led', 'RUNNING', 1)) as unknown as StatusBody;
  const leader = cluster.of('herder').find((herder) => hostOf(herder) === connector.worker_id);
  if (leader === undefined) throw new Error(`no herder is ${connector.worker_id}`);
  await cluster.end(leader, signal);
  await settled('another to lead', (all) => {
    const status = all.get('led');
    return status?.connector.state === 'RUNNING' && status.connector.worker_id !== hostOf(leader);
  });
  expect((await client.put('/connectors/led/config', { ...config, 'batch.size': '77' })).status).toBe(200);
  await client.untilState('led', 'RUNNING', 1);
  await client.delete('/connectors/led');
  await cluster.add('herder');
});

/** The offsets that the source has committed, in their order. */
async function positionsOf(connector: string): Promise<number[]> {
  const positions: number[] = [];
  const reader = kafkaClients.topicReader(
    { 'bootstrap.servers': fixture.broker.bootstrapServers },
    {
      topic: 'whole-offsets',
      isolation: 'read_committed',
      onRecords: (records) => {
        for (const { key, value } of records) {
          if (!String(key).includes(`"${connector}"`)) continue;
          positions.push((JSON.parse(String(value)) as { position: number }).position);
        }
      },
    },
  );
  await reader.start();
  await reader.stop();
  return positions;
}

test('a frozen executor neither writes nor commits once it is awake again', async () => {
  const { client } = cluster;
  const [input, output] = [fixture.file('frozen-in'), fixture.file('frozen-out')];
  await cluster.add('task-executor');
  appendNumberedLines(input, 1, 20_000);
  await client.create('frozen-in', { 'connector.class': 'FileStreamSource', file: input, topic: 'frozen', ...STRINGS });
  await client.create('frozen-out', {
    'connector.class': 'FileStreamSink',
    file: output,
    topics: 'frozen',
    'consumer.override.session.timeout.ms': String(SESSION_MS),
    ...STRINGS,
  });
  await until('lines to arrive', () => arrivalOf(output, 20_000).missing === 0, 30_000);
  await until('a first commit', async () => (await positionsOf('frozen-in')).length > 0, 30_000);
  const ownerOf = (all: Map<string, StatusBody>, name: string) => all.get(name)?.tasks[0]?.worker_id;
  const before = await statuses();
  const frozen = cluster.of('task-executor').find((member) => hostOf(member) === ownerOf(before, 'frozen-in'));
  if (frozen === undefined) throw new Error('nobody has the task of frozen-in');
  appendNumberedLines(input, 20_001, 40_000);
  frozen.child.kill('SIGSTOP');
  appendNumberedLines(input, 40_001, 60_000);
  await settled('the source to move', (all) => {
    const task = all.get('frozen-in')?.tasks[0];
    return task?.state === 'RUNNING' && task.worker_id !== hostOf(frozen);
  });
  await until('lines to arrive', () => arrivalOf(output, 60_000).missing === 0, 60_000);
  frozen.child.kill('SIGCONT');
  await until('it to notice', () => /lost the membership/.test(readFileSync(frozen.child.logFile, 'utf8')), 30_000);
  appendNumberedLines(input, 60_001, 80_000);
  await until('all lines to arrive', () => arrivalOf(output, 80_000).missing === 0, 60_000);
  await settled('all to run', (all) => allRunning(all, 2));
  const end = statSync(input).size;
  await until('the last commit', async () => (await positionsOf('frozen-in')).includes(end), 30_000);
  const positions = await positionsOf('frozen-in');
  expect(positions.length).toBeGreaterThan(1);
  expect(positions).toEqual(positions.toSorted((a, b) => a - b));
  for (const name of ['frozen-in', 'frozen-out']) await client.delete(`/connectors/${name}`);
});

test('without an executor tasks are unassigned, and a clean stop repeats nothing', async () => {
  const { client } = cluster;
  const [input, output] = [fixture.file('clean-in'), fixture.file('clean-out')];
  await client.create('clean-in', { 'connector.class': 'FileStreamSource', file: input, topic: 'clean', ...STRINGS });
  await client.create('clean-out', { 'connector.class': 'FileStreamSink', file: output, topics: 'clean', ...STRINGS });
  await settled('both to run', (all) => allRunning(all, 2));
  let last = 0;
  for (let round = 0; round < 3; round++) {
    appendNumberedLines(input, last + 1, last + 50_000);
    last += 50_000;
    await until('some to arrive', () => arrivalOf(output, last).missing < 49_000, 30_000);
    await Promise.all([...cluster.of('task-executor')].map((member) => cluster.end(member, 'SIGTERM')));
    await settled('tasks to be unassigned', (all) => tasksOf(all).every(({ state }) => state === 'UNASSIGNED'));
    await Promise.all([cluster.add('task-executor'), cluster.add('task-executor')]);
    await until('all to arrive', () => arrivalOf(output, last).missing === 0, 60_000);
  }
  expect(arrivalOf(output, last)).toEqual({ missing: 0, firstMissing: undefined, duplicates: 0, foreign: [] });
});

/** Starts a process that must not come up; what it said and how it ended. */
async function refusal(of: TributaryCluster, role: Role): Promise<{ code: number | null | undefined; last: unknown }> {
  await expect(of.add(role)).rejects.toThrow(/ended with exit code/);
  const { child } = of.members.at(-1) as Member;
  const lines = readFileSync(child.logFile, 'utf8').trimEnd().split('\n');
  return { code: child.exit?.code, last: JSON.parse(lines.at(-1) ?? '') };
}

test.each(['gateway', 'herder', 'task-executor'] as const)(
  'a topic that is not compacted stops a %s with the reason',
  async (role) => {
    const { bootstrapServers } = fixture.broker;
    const admin = kafkaClients.admin({ 'bootstrap.servers': bootstrapServers });
    const configs = { 'cleanup.policy': 'delete' };
    await admin.createTopic({ name: `${role}-configs`, partitions: 1, replicationFactor: 1, configs });
    await admin.close();
    const wrong = new TributaryCluster({ bootstrapServers, name: role, directory: fixture.file(role) });
    expect(await refusal(wrong, role)).toEqual({
      code: 2,
      last: expect.objectContaining({
        level: 'fatal',
        msg: expect.stringContaining(
          `Topic '${role}-configs' supplied via the 'config.storage.topic' property is required to have 'cleanup.policy=compact'`,
        ),
      }),
    });
  },
);

test('next to a worker of Apache Kafka Connect in the group a process ends with the reason', async () => {
  const { bootstrapServers } = fixture.broker;
  const options = { bootstrapServers, name: 'mixed', directory: fixture.file('mixed') };
  const worker = await ReferenceWorker.start(options);
  try {
    const ours = new TributaryCluster({ ...options, directory: fixture.file('mixed-ours') });
    for (const role of ['herder', 'task-executor'] as const) {
      expect(await refusal(ours, role)).toEqual({
        code: 3,
        last: expect.objectContaining({
          level: 'fatal',
          msg: expect.stringContaining('group mixed is held by members of another kind'),
        }),
      });
    }
  } finally {
    worker.child.kill('SIGKILL');
  }
});
