import { readFileSync } from 'node:fs';
import {
  SchemaBuilder,
  Schemas,
  Struct,
  type ConnectValue,
  type Schema,
  type SinkRecord,
} from '@tributary/connect-api';
import { afterAll, describe, expect, it } from 'vitest';
import { FileStreamSinkTask } from './file-sink.task.js';
import { temporaryFolder } from './test-task.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

function record(value: ConnectValue, valueSchema: Schema | null = null): SinkRecord {
  return {
    topic: 't',
    kafkaPartition: 0,
    kafkaOffset: 0,
    keySchema: null,
    key: 'key',
    valueSchema,
    value,
    timestamp: null,
    timestampType: 'NoTimestampType',
    headers: undefined,
    originalTopic: 't',
    originalKafkaPartition: 0,
    originalKafkaOffset: 0,
  };
}

async function written(path: string, ...batches: SinkRecord[][]): Promise<string> {
  const task = new FileStreamSinkTask();
  await task.start({ file: path });
  for (const batch of batches) await task.put(batch);
  await task.flush();
  const text = readFileSync(path, 'utf8');
  await task.stop();
  return text;
}

describe('FileStreamSinkTask', () => {
  it('writes each value as Java prints it, one line each', async () => {
    const schema = SchemaBuilder.struct().field('a', Schemas.INT32).field('f', Schemas.FLOAT32).build();
    const text = await written(folder.path('values'), [
      record('text'),
      record(null),
      record({ a: 1, b: 'x' }),
      record([1, 2.5, null]),
      record(1, Schemas.FLOAT64),
      record(new Struct(schema).put('a', 1).put('f', Math.fround(1.1)), schema),
      record('ä€😀'),
    ]);
    expect(text).toBe('text\nnull\n{a=1, b=x}\n[1, 2.5, null]\n1.0\nStruct{a=1,f=1.1}\nä€😀\n');
  });

  it('has written everything when it is flushed, and appends to what is there', async () => {
    const path = folder.path('appended');
    expect(await written(path, [record('1')], [], [record('2'), record('3')])).toBe('1\n2\n3\n');
    expect(await written(path, [record('4')])).toBe('1\n2\n3\n4\n');
  });

  it('goes on failing after a write that failed, until a flush has said so: then all comes again', async () => {
    const task = new FileStreamSinkTask();
    await task.start({ file: '/dev/full' });
    await task.put([record('1')]);
    for (const value of ['2', '3']) await expect(task.put([record(value)])).rejects.toThrow('/dev/full');
    await expect(task.flush()).rejects.toThrow("Error while writing to file '/dev/full': ENOSPC");
    await task.put([record('1')]);
    await expect(task.flush()).rejects.toThrow('ENOSPC');
    await task.stop();
  });

  it('names a file that cannot be written', async () => {
    const path = folder.path('missing/x');
    await expect(new FileStreamSinkTask().start({ file: path })).rejects.toThrow(
      `Couldn't find or create file '${path}' for FileStreamSinkTask`,
    );
  });
});
