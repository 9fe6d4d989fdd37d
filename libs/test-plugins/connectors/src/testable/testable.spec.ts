import { Schemas, type Props, type SourceOffset, type SourceRecord } from '@tributary/connect-api';
import { describe, expect, it } from 'vitest';
import { sourceContext } from '../testing/contexts.js';
import { MonitorableSinkConnector } from './monitorable-sink.connector.js';
import { MonitorableSourceConnector } from './monitorable-source.connector.js';
import { TestableSinkConnector } from './testable-sink.connector.js';
import { TestableSourceConnector } from './testable-source.connector.js';
import { TestableSourceTask } from './testable-source.task.js';

const PACKAGE = 'org.apache.kafka.connect.integration.';

describe.each([
  [TestableSourceConnector, 'TestableSourceConnector$TestableSourceTask'],
  [MonitorableSourceConnector, 'MonitorableSourceConnector$MonitorableSourceTask'],
  [TestableSinkConnector, 'TestableSinkConnector$TestableSinkTask'],
  [MonitorableSinkConnector, 'MonitorableSinkConnector$MonitorableSinkTask'],
])('%o', (Connector, taskName) => {
  it('names its tasks after the connector', () => {
    const connector = new Connector();
    connector.start({ name: 'c' });
    expect(connector.taskConfigs(2)).toEqual([
      { name: 'c', 'connector.name': 'c', 'task.id': 'c-0' },
      { name: 'c', 'connector.name': 'c', 'task.id': 'c-1' },
    ]);
    expect(connector.taskClass().className).toBe(PACKAGE + taskName);
    expect(connector.version()).toBe('some great version');
  });

  it('answers to a change of offsets what its properties say', () => {
    const answers = ['true', 'false'].map((result) => new Connector().alterOffsets({ 'alter.offsets.result': result }));
    expect([...answers, new Connector().alterOffsets({})]).toEqual([true, false, false]);
  });
});

describe('TestableSourceConnector', () => {
  it('has num.tasks tasks where that is set', () => {
    const connector = new TestableSourceConnector();
    connector.start({ name: 'c', 'num.tasks': '3' });
    expect(connector.taskConfigs(1)).toHaveLength(3);
  });

  it.each([
    ['SUPPORTED', 'SUPPORTED'],
    ['unsupported', 'UNSUPPORTED'],
    ['null', undefined],
  ])('answers %s for exactly-once support with %s', (wanted, expected) => {
    const connector = new TestableSourceConnector();
    expect(connector.exactlyOnceSupport({ 'custom.exactly.once.support': wanted })).toBe(expected);
    expect(() => connector.exactlyOnceSupport({ 'custom.exactly.once.support': 'fail' })).toThrow('oops');
  });

  it.each([
    ['Supported', 'SUPPORTED'],
    ['null', undefined],
    ['anything', 'UNSUPPORTED'],
    [undefined, 'UNSUPPORTED'],
  ])('answers %s for transaction boundaries with %s', (wanted, expected) => {
    const connector = new TestableSourceConnector();
    const props: Props = wanted === undefined ? {} : { 'custom.transaction.boundaries': wanted };
    expect(connector.canDefineTransactionBoundaries(props)).toBe(expected);
    expect(() => connector.canDefineTransactionBoundaries({ 'custom.transaction.boundaries': 'fail' })).toThrow(
      'oh no',
    );
  });

  it('fails to start and to stop where it is told to', () => {
    const connector = new TestableSourceConnector();
    expect(() => connector.start({ 'connector.start.inject.error': 'true' })).toThrow(
      'Injecting errors during connector start',
    );
    connector.start({ 'connector.stop.inject.error': 'true' });
    expect(() => connector.stop()).toThrow('Injecting errors during connector stop');
  });
});

describe('TestableSourceTask', () => {
  async function started(props: Readonly<Record<string, string>>, stored: SourceOffset | null = null) {
    const task = new TestableSourceTask();
    task.initialize(sourceContext(stored));
    await task.start({ 'task.id': 'c-0', ...props });
    return task;
  }

  it('sends numbered records in batches, up to max.messages', async () => {
    const task = await started({ topic: 't', 'messages.per.poll': '2', 'max.messages': '3' });
    const records: SourceRecord[][] = [];
    for (let poll = 0; poll < 3; poll++) records.push([...((await task.poll()) ?? [])]);
    expect(records.map((batch) => batch.map(({ value }) => value))).toEqual([
      ['value-c-0-1', 'value-c-0-2'],
      ['value-c-0-3'],
      [],
    ]);
    expect(records[1]?.[0]).toMatchObject({
      topic: 't',
      key: 'key-c-0-3',
      keySchema: Schemas.STRING,
      valueSchema: Schemas.STRING,
      headers: [{ key: 'header-3', schema: Schemas.INT64, value: 3 }],
      sourcePartition: { 'task.id': 'c-0' },
      sourceOffset: { saved: 3 },
    });
  });

  it('goes on after what was stored, one record at a time, to its own topic', async () => {
    const task = await started({}, { saved: 9 });
    expect(await task.poll()).toMatchObject([{ topic: 'sequential-topic', value: 'value-c-0-10' }]);
  });

  it('ends transactions where each length is the sum of the two before, and aborts at even numbers', async () => {
    const ends: string[] = [];
    const note = (how: string) => (record?: SourceRecord) => void ends.push(`${how} ${record?.value}`);
    const task = new TestableSourceTask();
    const transactionContext = { commitTransaction: note('commit'), abortTransaction: note('abort') };
    task.initialize({ ...sourceContext({ saved: 2 }), transactionContext });
    await task.start({ 'task.id': 'c-0', 'messages.per.poll': '8' });
    await task.poll();
    await task.poll();
    expect(ends).toEqual(['commit value-c-0-3', 'commit value-c-0-5', 'abort value-c-0-8', 'commit value-c-0-13']);
  });

  it('fails to start where its own name is told to', async () => {
    const fault = { 'task-c-0.start.inject.error': 'true' };
    await expect(started(fault)).rejects.toThrow('Injecting errors during task start');
    await expect(started({ 'task-c-1.start.inject.error': 'true' })).resolves.toBeDefined();
  });
});
