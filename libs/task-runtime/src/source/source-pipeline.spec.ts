import { ConfigDef, sourceRecord, type SourceRecord, type Transformation } from '@tributary/connect-api';
import { describe, expect, it } from 'vitest';
import { plainConverters, RecordedErrors } from '../testing/pipeline-fixtures.js';
import { TransformChain, type TransformStep } from '../pipeline/transform-chain.js';
import { OffsetNotes } from './offset-notes.js';
import { SourceBatch } from './source-batch.js';
import { SourcePipeline } from './source-pipeline.js';

const PARTITION = { file: 'a' };

function records(...values: (string | null)[]): SourceRecord[] {
  return values.map((value, position) =>
    sourceRecord({ sourcePartition: PARTITION, sourceOffset: { position }, topic: 't', value }),
  );
}

function step(
  alias: string,
  apply: (record: SourceRecord) => SourceRecord | null,
  more: Partial<TransformStep<SourceRecord>> = {},
) {
  const transformation: Transformation<SourceRecord> = {
    config: () => ConfigDef.define({}),
    configure: () => undefined,
    apply,
  };
  return { alias, className: `Step${alias}`, transformation, predicate: undefined, negate: false, ...more };
}

async function processed(
  given: SourceRecord[],
  errors: RecordedErrors,
  steps: TransformStep<SourceRecord>[] = [],
  fails?: () => boolean,
) {
  const batch = new SourceBatch(new OffsetNotes(given.length), true);
  const pipeline = new SourcePipeline(new TransformChain(steps), plainConverters(fails), errors);
  await pipeline.process(given, 0, given.length, batch);
  return batch;
}

async function run(...given: Parameters<typeof processed>) {
  const batch = await processed(...given);
  return {
    values: batch.outgoing.map(({ value }) => value),
    left: batch.leftOut?.length,
    offsets: [...batch.offsets.entries()],
  };
}

describe('SourcePipeline', () => {
  it('converts records in order and notes their offsets', async () => {
    const result = await run(records('a', null, 'c'), new RecordedErrors('fail'));
    expect(result).toEqual({ values: ['a', null, 'c'], left: 0, offsets: [[PARTITION, { position: 2 }]] });
  });

  it('drops what a transformation drops, and its offset advances', async () => {
    const drop = step('d', (record) => (record.value === 'b' ? null : record));
    const result = await run(records('a', 'b'), new RecordedErrors('fail'), [drop]);
    expect(result).toEqual({ values: ['a'], left: 1, offsets: [[PARTITION, { position: 1 }]] });
  });

  it('skips a record whose failure is tolerated and goes on with the next', async () => {
    const errors = new RecordedErrors('skip');
    const result = await run(records('a', 'bad', 'c', 'bad'), errors);
    expect(result).toEqual({ values: ['a', 'c'], left: 2, offsets: [[PARTITION, { position: 3 }]] });
    expect(errors.operations[0]).toEqual({ stage: 'VALUE_CONVERTER', className: 'Value' });
  });

  it('fails where an error is not tolerated', async () => {
    await expect(run(records('a', 'bad'), new RecordedErrors('fail'))).rejects.toThrow('bad value');
  });

  it('goes on with the step that failed after a retry, doing no transformation twice', async () => {
    let tries = 0;
    const twice = step('x', (record) => ({ ...record, value: `${String(record.value)}!` }));
    const flaky = step('f', (record) => {
      if (record.value === 'b!' && tries++ === 0) throw new Error('not now');
      return { ...record, value: `${String(record.value)}?` };
    });
    const errors = new RecordedErrors('retry');
    const result = await run(records('a', 'b', 'c'), errors, [twice, flaky]);
    expect(result.values).toEqual(['a!?', 'b!?', 'c!?']);
    expect(errors.operations).toEqual([{ stage: 'TRANSFORMATION', className: 'Stepf' }]);
  });

  it('keeps the work of the transformations when a converter fails and is retried', async () => {
    let fails = true;
    const toBad = step('x', (record) => ({ ...record, value: record.value === 'b' ? 'bad' : record.value }));
    const result = await run(records('a', 'b'), new RecordedErrors('retry'), [toBad], () => {
      const now = fails;
      fails = false;
      return now;
    });
    expect(result.values).toEqual(['a', 'bad']);
  });

  it('applies a transformation where its predicate differs from negate', async () => {
    const mark = (record: SourceRecord) => ({ ...record, value: `${String(record.value)}!` });
    const predicate = {
      config: () => ConfigDef.define({}),
      configure: () => undefined,
      test: (record: SourceRecord) => record.value === 'a',
    };
    const given = records('a', 'b');
    const errors = new RecordedErrors('fail');
    expect((await run(given, errors, [step('m', mark, { predicate })])).values).toEqual(['a!', 'b']);
    expect((await run(given, errors, [step('m', mark, { predicate, negate: true })])).values).toEqual(['a', 'b!']);
  });

  it('leaves the time of a record with timestamp -1 or none to Kafka and refuses other negative ones', async () => {
    const [record] = records('a');
    if (record === undefined) throw new Error('no record');
    const unset = await run([{ ...record, timestamp: -1 }], new RecordedErrors('fail'));
    expect(unset.values).toEqual(['a']);
    const left = JSON.parse(JSON.stringify({ ...record, timestamp: undefined })) as SourceRecord;
    expect((await processed([left], new RecordedErrors('fail'))).outgoing[0]?.timestamp).toBeNull();
    const invalid = run([{ ...record, timestamp: -5 }], new RecordedErrors('skip'));
    await expect(invalid).rejects.toThrow('Invalid record timestamp -5');
  });
});
