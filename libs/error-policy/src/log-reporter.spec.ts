import { sourceRecord, type Schema } from '@tributary/connect-api';
import { newTaskCounters } from '@tributary/observability';
import { describe, expect, it } from 'vitest';
import { LogReporter } from './log-reporter.js';
import type { ConsumedRecord } from './stages.js';

const STRING: Schema = {
  type: 'STRING',
  optional: false,
  defaultValue: undefined,
  name: null,
  version: null,
  doc: null,
  parameters: null,
  fields: [],
  keySchema: null,
  valueSchema: null,
  field: () => undefined,
};
const CONSUMED: ConsumedRecord = {
  topic: 't',
  partition: 0,
  offset: 5,
  timestamp: 1795421365735,
  timestampType: 'CreateTime',
  key: null,
  value: null,
  headers: undefined,
};
const BEGIN = "Error encountered in task C-0. Executing stage 'VALUE_CONVERTER' with class 'a.Converter'";

async function lineFor(subject: Parameters<LogReporter['report']>[0]['subject'], logRecords: boolean) {
  const lines: unknown[][] = [];
  const log = { error: (...line: unknown[]) => void lines.push(line) };
  const counters = newTaskCounters('sink');
  const error = new Error('bad');
  const reporter = new LogReporter({ connector: 'C', task: 0, logRecords, log, counters });
  await reporter.report({ stage: 'VALUE_CONVERTER', className: 'a.Converter', subject, error });
  expect(lines).toEqual([[{ err: error }, expect.any(String)]]);
  expect(counters.errorsLogged).toBe(1);
  return lines[0]?.[1];
}

describe('LogReporter', () => {
  it('names task, stage and class, and not the record', async () => {
    expect(await lineFor(CONSUMED, false)).toBe(`${BEGIN}.`);
  });

  it('shows a consumed record where asked', async () => {
    const record = "{topic='t', partition=0, offset=5, timestamp=1795421365735, timestampType=CreateTime}";
    expect(await lineFor(CONSUMED, true)).toBe(`${BEGIN}, where consumed record is ${record}.`);
    const timeless = { ...CONSUMED, timestampType: 'NoTimestampType' as const };
    expect(await lineFor(timeless, true)).toContain("{topic='t', partition=0, offset=5}.");
  });

  it('shows a source record as Java prints it', async () => {
    const record = sourceRecord({
      sourcePartition: { filename: '/a' },
      sourceOffset: { position: 42 },
      topic: 't',
      valueSchema: STRING,
      value: 'v',
      timestamp: 17,
      headers: [
        { key: 'h', schema: STRING, value: 'x' },
        { key: 'n', schema: null, value: null },
      ],
    });
    expect(await lineFor(record, true)).toBe(
      `${BEGIN}, where source record is = SourceRecord{sourcePartition={filename=/a}, sourceOffset={position=42}} ` +
        "ConnectRecord{topic='t', kafkaPartition=null, key=null, keySchema=null, value=v, valueSchema=Schema{STRING}, " +
        'timestamp=17, headers=ConnectHeaders(headers=[ConnectHeader(key=h, value=x, schema=Schema{STRING}), ' +
        'ConnectHeader(key=n, value=null, schema=null)])}.',
    );
  });
});
