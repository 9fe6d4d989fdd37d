import { until } from '@tributary/testing';
import type { IncomingRecord, OutgoingRecord } from '@tributary/kafka-client';
import type { ConnectorTools, RedriveReport, RedriveRequest } from '@tributary/task-runtime';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { DEADLINE_MS, ExecutorFixture, unique, type ExecutorHandle } from '../testing/executor-fixture.js';

const STRICT = { 'value.converter': 'Json', 'value.converter.schemas.enable': 'false' };
const PLAIN = { 'value.converter': 'org.apache.kafka.connect.storage.StringConverter' };
const ALL: RedriveRequest = {
  dryRun: false,
  limit: 1000,
  seconds: 60,
  maxRedrives: 3,
  stage: undefined,
  exception: undefined,
  partitions: undefined,
};

let fixture: ExecutorFixture;
let executor: ExecutorHandle;
let tools: ConnectorTools;
beforeAll(async () => {
  fixture = new ExecutorFixture(inject('bootstrapServers'));
  await fixture.start();
  executor = await fixture.executor('first:1');
  tools = fixture.tools();
});
afterAll(() => fixture.close());

interface Sink {
  readonly name: string;
  readonly dead: string;
  readonly config: Readonly<Record<string, string>>;
}

/** A sink that reads JSON and whose queue has the values, none of which is JSON. */
async function failed(name: string, values: readonly string[], more: Record<string, string> = {}): Promise<Sink> {
  const topic = unique(name);
  const dead = more['errors.deadletterqueue.topic.name'] ?? `${topic}-dead`;
  await fixture.createTopic(topic);
  const config = {
    'connector.class': 'JournalSink',
    topics: topic,
    file: fixture.file(topic),
    journal: fixture.file(`${topic}-journal`),
    'errors.tolerance': 'all',
    'errors.deadletterqueue.topic.name': dead,
    'errors.deadletterqueue.topic.replication.factor': '1',
    'errors.deadletterqueue.context.headers.enable': 'true',
    ...more,
  };
  const before = dead === `${topic}-dead` ? [] : await letters(dead);
  const [task] = await fixture.configure(topic, { ...config, ...STRICT });
  if (task === undefined) throw new Error('no task');
  const record = { topic, partition: 0, key: 'k', headers: [{ key: 'own', value: 'h' }], timestamp: 5 };
  await fixture.produceRecords(values.map((value): OutgoingRecord => ({ ...record, value })));
  await executor.assign([task]);
  await until(
    'the dead letters',
    async () => (await letters(dead)).length === before.length + values.length,
    DEADLINE_MS,
  );
  await executor.assign([]);
  return { name: topic, dead, config };
}

/** Waits until the topic is there. */
const letters = (dead: string): Promise<IncomingRecord[]> => fixture.records(dead);
const redrive = async (name: string, more: Partial<RedriveRequest> = {}): Promise<RedriveReport> =>
  JSON.parse(await tools.redrive(name, { ...ALL, ...more }));
const header = ({ headers = [] }: IncomingRecord, name: string): (string | undefined)[] =>
  headers.filter(({ key }) => key === name).map(({ value }) => value?.toString());

it('leaves the queue as it is in a dry run, returns what fails again, and leaves alone what failed too often', async () => {
  const { name, dead, config } = await failed('again', ['{a', '{b']);
  const committed = await fixture.committed(`connect-${name}`);
  expect(await redrive(name, { dryRun: true })).toMatchObject({
    dryRun: true,
    topic: dead,
    stopped: 'end',
    read: 2,
    selected: 2,
    notReached: 2,
    delivered: 0,
    scanned: [{ partition: 0, from: 0, to: 2 }],
    next: [{ partition: 0, from: 0 }],
  });
  expect(await letters(dead)).toHaveLength(2);

  const report = await redrive(name);
  expect(report).toMatchObject({
    stopped: 'end',
    selected: 2,
    returned: 2,
    delivered: 0,
    next: [{ partition: 0, from: 2 }],
  });
  expect(report.failures[1]).toMatchObject({
    partition: 0,
    offset: 1,
    stage: 'VALUE_CONVERTER',
    exception: 'org.apache.kafka.connect.errors.DataException',
  });
  const again = (await letters(dead)).slice(2);
  expect(again.map((letter) => String(letter.value))).toEqual(['{a', '{b']);
  for (const letter of again) {
    expect(letter).toMatchObject({ key: Buffer.from('k'), timestamp: 5 });
    expect(header(letter, 'own')).toEqual(['h']);
    expect(header(letter, '__tributary.redrive.count')).toEqual(['1']);
    expect(header(letter, '__connect.errors.topic')).toEqual([name]);
    expect(header(letter, '__connect.errors.exception.class.name')).toHaveLength(1);
  }

  expect(await redrive(name)).toMatchObject({ read: 4, selected: 2, returned: 2, skipped: { superseded: 2 } });
  const last = await redrive(name, { maxRedrives: 2 });
  expect(last).toMatchObject({ read: 6, selected: 0, returned: 0, skipped: { superseded: 4, tooOften: 2 } });
  expect(last.tooOften).toEqual([
    { partition: 0, offset: 4, redrives: 2 },
    { partition: 0, offset: 5, redrives: 2 },
  ]);
  expect(await letters(dead)).toHaveLength(6);

  await fixture.configure(name, { ...config, ...PLAIN });
  expect(await redrive(name)).toMatchObject({ selected: 2, delivered: 2, next: [{ partition: 0, from: 6 }] });
  expect(fixture.lines(name)).toEqual([`${name}-0-0 {a`, `${name}-0-1 {b`]);
  expect(fixture.lines(`${name}-journal`).slice(-4)).toEqual([
    `open ${name}-0`,
    `preCommit ${name}-0 2`,
    `close ${name}-0`,
    'stop',
  ]);
  expect(await fixture.committed(`connect-${name}`)).toBe(committed);
});

it('takes only what is asked for, and says where it stopped', async () => {
  const one = await failed('one', ['{0', '{1', '{2', '{3']);
  const shared = { 'errors.deadletterqueue.topic.name': one.dead };
  const other = await failed('other', ['{4'], shared);
  await fixture.produce(one.dead, 5, 6);
  await fixture.configure(one.name, { ...one.config, ...PLAIN });

  const parts = { partitions: [{ partition: 0, from: 1, to: 4 }] };
  expect(await redrive(one.name, { ...parts, limit: 2 })).toMatchObject({
    stopped: 'limit',
    read: 2,
    delivered: 2,
    scanned: [{ partition: 0, from: 1, to: 3 }],
    next: [{ partition: 0, from: 3 }],
  });
  expect(fixture.lines(one.name)).toEqual([`${one.name}-0-1 {1`, `${one.name}-0-2 {2`]);
  const rest = { partitions: [{ partition: 0, from: 3, to: undefined }] };
  expect(await redrive(one.name, { ...rest, stage: 'TRANSFORMATION' })).toMatchObject({
    read: 3,
    selected: 0,
    skipped: { otherConnector: 1, noContext: 1, otherStage: 1, otherException: 0 },
  });
  expect(await redrive(one.name, { ...rest, exception: 'java.lang.Exception' })).toMatchObject({
    skipped: { otherException: 1 },
  });
  const exception = 'org.apache.kafka.connect.errors.DataException';
  expect(await redrive(one.name, { ...rest, stage: 'VALUE_CONVERTER', exception })).toMatchObject({ delivered: 1 });
  expect(fixture.lines(one.name).at(-1)).toBe(`${one.name}-0-3 {3`);
  await fixture.configure(other.name, { ...other.config, ...PLAIN });
  expect(await redrive(other.name)).toMatchObject({ delivered: 1, skipped: { otherConnector: 4, noContext: 1 } });
});

it.each(['put', 'preCommit'])('loses nothing where the task throws in %s', async (where) => {
  const { name, dead, config } = await failed(`throwing-${where}`, ['{a', '{b']);
  const fault = { fault: 'throw', ...(where === 'put' ? {} : { 'fault.in': where }) };
  await fixture.configure(name, { ...config, ...PLAIN, ...fault });
  const report = await redrive(name);
  expect(report).toMatchObject({ selected: 2, unconfirmed: 2, delivered: 0, next: [{ partition: 0, from: 0 }] });
  if (where === 'put') {
    expect(report).toMatchObject({ stopped: 'failed', error: { message: 'fault at 0' } });
  }
  expect(await letters(dead)).toHaveLength(2);
  await fixture.configure(name, { ...config, ...PLAIN });
  expect(await redrive(name, { partitions: report.next.map((part) => ({ ...part, to: undefined })) })).toMatchObject({
    delivered: 2,
  });
});

it('loses nothing where the task ends its thread', async () => {
  const { name, dead, config } = await failed('exiting', ['{a']);
  await fixture.configure(name, { ...config, ...PLAIN, fault: 'exit' });
  await expect(redrive(name)).rejects.toThrow('process.exit');
  await fixture.configure(name, { ...config, ...PLAIN });
  expect(await redrive(name)).toMatchObject({ read: 1, delivered: 1 });
  expect(await letters(dead)).toHaveLength(1);
});

it('waits for a task that cannot take records now, and returns what the task reports', async () => {
  const { name, dead, config } = await failed('later', ['{a', '{b']);
  const slow = { fault: 'retriable', 'fault.times': '2', timeout: '10', reject: '{b' };
  await fixture.configure(name, { ...config, ...PLAIN, ...slow });
  const report = await redrive(name);
  expect(report).toMatchObject({ stopped: 'end', delivered: 1, returned: 1 });
  expect(report.failures).toMatchObject([{ offset: 1, stage: 'TASK_PUT', message: 'rejected' }]);
  expect(fixture.lines(name)).toEqual([`${name}-0-0 {a`]);
  expect(await letters(dead)).toHaveLength(3);

  await fixture.configure(name, { ...config, ...PLAIN, poison: '{b', 'errors.put.isolation': 'true' });
  const isolated = await redrive(name, { partitions: [{ partition: 0, from: 2, to: undefined }] });
  expect(isolated).toMatchObject({
    returned: 1,
    failures: [{ offset: 2, stage: 'TASK_PUT', message: 'cannot take {b' }],
  });
});

it('ends when its time is over, and one runs at a time', async () => {
  const { name, config } = await failed('endless', ['{a']);
  const never = { fault: 'retriable', 'fault.times': '1000000', timeout: '300' };
  await fixture.configure(name, { ...config, ...PLAIN, ...never });
  const running = redrive(name, { seconds: 1 });
  await expect(redrive(name)).rejects.toMatchObject({
    code: 'CONFLICT',
    message: `A redrive of connector ${name} is under way`,
  });
  expect(tools.isRedriving(name)).toBe(true);
  expect(await running).toMatchObject({ stopped: 'time', unconfirmed: 1, next: [{ partition: 0, from: 0 }] });
  expect(tools.isRedriving(name)).toBe(false);
});

it('says why it cannot', async () => {
  const name = unique('unable');
  const refusal = (more: Partial<RedriveRequest> = {}) => redrive(name, more).catch((error: unknown) => error);
  expect(await refusal()).toMatchObject({ code: 'NOT_FOUND', message: `Connector ${name} not found` });
  await fixture.configure(name, { 'connector.class': 'NumberSource', topic: 't', count: '0' });
  expect(await refusal()).toMatchObject({ code: 'BAD_REQUEST', message: expect.stringContaining('is a source') });
  const sink = { 'connector.class': 'JournalSink', topics: 't', file: fixture.file('unable') };
  await fixture.configure(name, sink);
  expect(await refusal()).toMatchObject({
    code: 'BAD_REQUEST',
    message: `Connector ${name} has no dead letter queue: it has no errors.deadletterqueue.topic.name`,
  });
  await fixture.configure(name, { ...sink, 'errors.deadletterqueue.topic.name': name }, 0, 1);
  expect(await refusal()).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('has no tasks') });
  expect(await refusal({ dryRun: true })).toMatchObject({
    code: 'NOT_FOUND',
    message: `Topic ${name} not found`,
  });
  await fixture.createTopic(name);
  expect(await refusal({ dryRun: true, partitions: [{ partition: 1, from: 0, to: 1 }] })).toMatchObject({
    code: 'NOT_FOUND',
    message: `Topic ${name} has no partition 1: it has 1, from 0`,
  });
});
