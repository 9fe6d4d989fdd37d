import { ConfigDef, type SinkRecord, type Transformation } from '@tributary/connect-api';
import type { IncomingRecord } from '@tributary/kafka-client';
import { expect, it } from 'vitest';
import { TransformChain } from '../pipeline/transform-chain.js';
import { plainConverters, RecordedErrors } from '../testing/pipeline-fixtures.js';
import { originalOf } from './original-record.js';
import { SinkPipeline } from './sink-pipeline.js';

const INCOMING: IncomingRecord = {
  topic: 't',
  partition: 0,
  offset: 7,
  timestamp: 1,
  timestampType: 'CreateTime',
  key: null,
  value: Buffer.from('v'),
  headers: undefined,
};

/** Makes a record with the same fields that is no copy of the one it is given. */
class Anew implements Transformation<SinkRecord> {
  config(): ConfigDef {
    return ConfigDef.define({});
  }
  configure(): void {
    return undefined;
  }
  apply(record: SinkRecord): SinkRecord {
    return Object.freeze(Object.fromEntries(Object.entries(record))) as unknown as SinkRecord;
  }
}

async function processed(
  keepsOriginals: boolean,
  transformations: readonly Transformation<SinkRecord>[],
): Promise<SinkRecord> {
  const steps = transformations.map((transformation, index) => ({
    alias: String(index),
    className: 'Anew',
    transformation,
    predicate: undefined,
    negate: false,
  }));
  const errors = new RecordedErrors('fail');
  const pipeline = new SinkPipeline(new TransformChain<SinkRecord>(steps), plainConverters(), errors, keepsOriginals);
  const out: SinkRecord[] = [];
  await pipeline.process([INCOMING], out);
  const [record] = out;
  if (record === undefined) throw new Error('no record came out');
  return record;
}

it.each([
  ['without transformations', []],
  ['whatever transformations made of it', [new Anew()]],
])('a sink record has its original, %s; copies have it too', async (_, transformations) => {
  const record = await processed(true, transformations);
  expect(originalOf(record)).toBe(INCOMING);
  expect(originalOf({ ...record, value: 'other' })).toBe(INCOMING);
  expect(originalOf(new Anew().apply(record))).toBeUndefined();
});

it('a sink record keeps nothing of its original where nobody will ask', async () => {
  expect(originalOf(await processed(false, []))).toBeUndefined();
});
