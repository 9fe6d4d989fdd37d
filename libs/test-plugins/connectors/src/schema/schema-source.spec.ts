import { traceOf, type SourceOffset, type SourceRecord } from '@tributary/connect-api';
import { describe, expect, it } from 'vitest';
import { sourceContext } from '../testing/contexts.js';
import { SchemaSourceTask } from './schema-source.task.js';

const PROPS = { name: 's', id: '0', topic: 't', throughput: '-1', 'num.messages': '3' };

async function run(props: Readonly<Record<string, string>>, polls: number, stored: SourceOffset | null = null) {
  const lines: string[] = [];
  const task = new SchemaSourceTask(async (line) => void lines.push(line));
  task.initialize(sourceContext(stored));
  await task.start(props);
  const records: SourceRecord[] = [];
  for (let poll = 0; poll < polls; poll++) records.push(...((await task.poll()) ?? []));
  return { records, lines };
}

describe('SchemaSourceTask', () => {
  it('sends num.messages structs of one schema, to the partition of its number', async () => {
    const { records, lines } = await run({ ...PROPS, id: '2' }, 4);
    expect(records.map(({ value }) => String(value))).toEqual(
      [0, 1, 2].map(
        (seqno) => `Struct{boolean=true,int=12,long=12,float=12.2,double=12.2,partitioning=0,id=2,seqno=${seqno}}`,
      ),
    );
    expect(records[1]).toMatchObject({
      kafkaPartition: 2,
      key: 'key',
      sourcePartition: { id: 2 },
      sourceOffset: { seqno: 1 },
      valueSchema: { name: 'record', version: 1 },
    });
    expect(lines[1]).toBe('{"task": 2, "seqno": 1}');
  });

  it('alternates between two versions of the schema, and between partitions', async () => {
    const { records } = await run({ ...PROPS, 'multiple.schema': 'true', 'partition.count': '2' }, 3, { seqno: 4 });
    expect(records.map(({ value }) => String(value))).toEqual([
      'Struct{boolean=true,int=12,long=12,float=12.2,double=12.2,partitioning=1,id=0,seqno=5}',
      'Struct{boolean=true,int=12,long=12,float=12.2,double=12.2,partitioning=0,string=def,id=0,seqno=6}',
      'Struct{boolean=true,int=12,long=12,float=12.2,double=12.2,partitioning=1,id=0,seqno=7}',
    ]);
    expect(records.map(({ valueSchema }) => valueSchema?.version)).toEqual([1, 2, 1]);
    expect(records[1]?.valueSchema?.field('string')?.schema.defaultValue).toBe('abc');
  });

  it.each(['num.messages', 'throughput', 'id'])('does not start without %s', async (key) => {
    const props = Object.fromEntries(Object.entries(PROPS).filter(([name]) => name !== key));
    await expect(run(props, 0)).rejects.toThrow('Invalid SchemaSourceTask configuration');
  });

  it('fails where there are 0 partitions to go round', async () => {
    const error: unknown = await run({ ...PROPS, 'partition.count': '0' }, 1).catch((thrown: unknown) => thrown);
    expect(traceOf(error)).toMatch(/^java.lang.ArithmeticException: \/ by zero\n/);
  });
});
