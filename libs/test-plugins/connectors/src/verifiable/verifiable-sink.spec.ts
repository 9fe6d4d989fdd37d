import { SchemaBuilder, Schemas, Struct } from '@tributary/connect-api';
import { describe, expect, it } from 'vitest';
import { sinkRecord } from '../testing/contexts.js';
import { VerifiableSinkTask } from './verifiable-sink.task.js';

function started() {
  const lines: string[] = [];
  let now = 10;
  const task = new VerifiableSinkTask(
    async (line) => void lines.push(line),
    () => now++,
  );
  task.start({ name: 'sink', id: '2' });
  return { task, lines };
}

const record = (kafkaPartition: number, kafkaOffset: number, value: number) =>
  sinkRecord({ kafkaPartition, kafkaOffset, keySchema: Schemas.INT32, key: 1, valueSchema: Schemas.INT64, value });

describe('VerifiableSinkTask', () => {
  it('prints what arrives, and again what is flushed, once and by partition', async () => {
    const { task, lines } = started();
    await task.put([record(0, 7, 41), record(1, 3, 42)]);
    expect(lines.splice(0)).toEqual([
      '{"task":1,"seqno":41,"offset":7,"time_ms":10,"name":"sink","topic":"t","sinkTask":2}',
      '{"task":1,"seqno":42,"offset":3,"time_ms":10,"name":"sink","topic":"t","sinkTask":2}',
    ]);
    await task.flush([{ topic: 't', partition: 1 }]);
    expect(lines.splice(0)).toEqual([
      '{"task":1,"seqno":42,"offset":3,"time_ms":11,"name":"sink","topic":"t","sinkTask":2,"flushed":true}',
    ]);
    await task.flush([0, 1].map((partition) => ({ topic: 't', partition })));
    expect(lines.splice(0)).toEqual([
      '{"task":1,"seqno":41,"offset":7,"time_ms":12,"name":"sink","topic":"t","sinkTask":2,"flushed":true}',
    ]);
  });

  it('prints that a struct has no such line', async () => {
    const { task, lines } = started();
    const struct = new Struct(SchemaBuilder.struct().field('a', Schemas.INT32).build());
    await task.put([sinkRecord({ valueSchema: struct.schema, value: struct })]);
    expect(lines).toEqual(["Bad data can't be written as json: a Struct cannot be written"]);
  });

  it('does not start without its number', () => {
    expect(() => new VerifiableSinkTask().start({ name: 'sink' })).toThrow('Invalid VerifiableSinkTask configuration');
  });
});
