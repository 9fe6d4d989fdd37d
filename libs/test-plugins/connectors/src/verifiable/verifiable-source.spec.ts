import { Schemas, Struct, traceOf, type SourceOffset, type SourceRecord } from '@tributary/connect-api';
import { describe, expect, it } from 'vitest';
import { sourceContext } from '../testing/contexts.js';
import { VerifiableSourceConnector } from './verifiable-source.connector.js';
import { VerifiableSourceTask } from './verifiable-source.task.js';

const PROPS = { name: 'source', id: '1', topic: 'numbers', throughput: '-1' };

async function started(props: Readonly<Record<string, string>>, stored: SourceOffset | null = null) {
  const lines: string[] = [];
  const task = new VerifiableSourceTask(
    async (line) => void lines.push(line),
    () => 1700,
  );
  task.initialize(sourceContext(stored));
  await task.start(props);
  return { task, lines };
}

describe('VerifiableSourceConnector', () => {
  it('gives each of tasks.max tasks its number', () => {
    const connector = new VerifiableSourceConnector();
    connector.start({ topic: 't' });
    expect(connector.taskConfigs(2)).toEqual([
      { topic: 't', id: '0' },
      { topic: 't', id: '1' },
    ]);
    expect(connector.config().keys.size).toBe(0);
  });
});

describe('VerifiableSourceTask', () => {
  it('counts from 0 and prints each record before it hands it over', async () => {
    const { task, lines } = await started(PROPS);
    expect(await task.poll()).toEqual([
      {
        sourcePartition: { id: 1 },
        sourceOffset: { seqno: 0 },
        topic: 'numbers',
        kafkaPartition: null,
        keySchema: Schemas.INT32,
        key: 1,
        valueSchema: Schemas.INT64,
        value: 0,
        timestamp: null,
        headers: undefined,
      },
    ]);
    expect(await task.poll()).toMatchObject([{ value: 1, sourceOffset: { seqno: 1 } }]);
    expect(lines).toEqual([
      '{"task":1,"seqno":0,"time_ms":1700,"name":"source","topic":"numbers"}',
      '{"task":1,"seqno":1,"time_ms":1700,"name":"source","topic":"numbers"}',
    ]);
  });

  it('goes on after the number that was stored', async () => {
    const { task } = await started(PROPS, { seqno: 41n });
    expect(await task.poll()).toMatchObject([{ value: 42, sourceOffset: { seqno: 42 } }]);
  });

  it('prints a record again once Kafka has it', async () => {
    const { task, lines } = await started(PROPS);
    await task.commitRecord(await onlyRecord(task));
    expect(lines[1]).toBe('{"committed":true,"task":1,"seqno":0,"time_ms":1700,"name":"source","topic":"numbers"}');
  });

  it('sends all that it prints where complete.record.data is true', async () => {
    const { task, lines } = await started({ ...PROPS, 'complete.record.data': 'TRUE' });
    const record = await onlyRecord(task);
    expect(String(record.value)).toBe('Struct{name=source,task=1,topic=numbers,time_ms=1700,seqno=0}');
    expect(record.value instanceof Struct && record.valueSchema === record.value.schema).toBe(true);
    await task.commitRecord(record);
    expect(lines[1]).toMatch(/^Bad data can't be written as json: /);
  });

  it.each([
    [{ id: '1', topic: 't' }, 'Cannot parse null string'],
    [{ id: '1', topic: 't', throughput: 'x' }, 'For input string: "x"'],
    [{ topic: 't', throughput: '1' }, 'Cannot parse null string'],
  ])('does not start with %o', async (props, cause) => {
    const error: unknown = await started(props).catch((thrown: unknown) => thrown);
    expect(traceOf(error)).toMatch(
      /^org.apache.kafka.connect.errors.ConnectException: Invalid VerifiableSourceTask configuration\n/,
    );
    expect(traceOf(error)).toContain(`Caused by: java.lang.NumberFormatException: ${cause}\n`);
  });

  it('fails with its first record where no topic is set', async () => {
    const { task } = await started({ id: '0', throughput: '1' });
    await expect(task.poll()).rejects.toThrow(new RangeError('Topic cannot be null.'));
  });

  it('does not start from an offset that it did not write', async () => {
    await expect(started(PROPS, { seqno: '7' })).rejects.toThrow(TypeError);
  });
});

async function onlyRecord(task: VerifiableSourceTask): Promise<SourceRecord> {
  const [record] = (await task.poll()) ?? [];
  if (record === undefined) throw new Error('there was no record');
  return record;
}
