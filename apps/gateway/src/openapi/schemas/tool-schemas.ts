import type { RequestedPreview } from '@tributary/rest-api';
import { listOf, mapOf, objectOf, oneOf, text, type Schema } from './schema.js';

const integer = (description: string): Schema => ({ type: 'integer', minimum: 0, description });
const integerOrNull = (description: string): Schema => ({ type: ['integer', 'null'], description });
const data = { $ref: '#/components/schemas/RecordData' };

interface RecordHeader {
  readonly key: string;
  readonly value: unknown;
}

interface PreviewRecord {
  readonly topic?: string | null;
  readonly partition?: number | null;
  readonly offset?: number | null;
  readonly timestamp?: number | null;
  readonly key?: unknown;
  readonly value?: unknown;
  readonly headers?: readonly RecordHeader[] | null;
}

interface PreviewRequest {
  readonly config?: RequestedPreview['config'] | null;
  readonly records?: readonly PreviewRecord[] | null;
  readonly from?: unknown;
}

interface PreviewError {
  readonly exception: string;
  readonly message: string;
  readonly causes?: readonly { readonly exception: string; readonly message: string }[];
}

interface PreviewStep {
  readonly stage: string;
  readonly alias?: string;
  readonly class: string;
  readonly applied?: boolean;
  readonly result?: unknown;
  readonly error?: PreviewError;
}

interface PreviewedRecord extends Required<Omit<PreviewRecord, 'offset'>> {
  readonly offset?: number;
  readonly steps: readonly PreviewStep[];
  readonly outcome: 'passed' | 'dropped' | 'failed';
  readonly by?: string;
}

interface Preview {
  readonly name: string;
  readonly type: string;
  readonly class: string;
  readonly records: readonly PreviewedRecord[];
  readonly cut?: boolean;
}

/** Members of a record, given or shown. */
const record = {
  topic: {
    type: ['string', 'null'],
    description: 'Its topic; for sinks with one topic it need not be given.',
  } as Schema,
  partition: integerOrNull('Its partition; for sinks 0 where it is not given.'),
  offset: integerOrNull('Its offset, for sinks; its place among the records where it is not given.'),
  timestamp: integerOrNull('Milliseconds since the epoch; null: none.'),
  key: data,
  value: data,
  headers: listOf({ $ref: '#/components/schemas/RecordHeader' }, 'Its headers, in their order.'),
};

/** Tools for a connector's records. */
export const toolSchemas = {
  RecordData: {
    description:
      "A record's key or value, or a header's value: text in UTF-8, bytes in base64, a JSON value without a schema, or a " +
      'value with its schema in the form of JsonConverter (decimals as numbers). Null is null in Kafka.',
    oneOf: [
      { type: 'null' },
      objectOf<{ text: string }>('Text.', { text: text('The text.') }),
      objectOf<{ base64: string }>('Bytes.', { base64: text('The bytes in base64.') }),
      { type: 'object', properties: { json: {} }, required: ['json'], additionalProperties: false },
      {
        type: 'object',
        properties: {
          schema: { type: ['object', 'null'] },
          payload: {},
          problem: text('Why a value is not shown.'),
        },
        required: ['schema', 'payload'],
        additionalProperties: false,
      },
    ],
  },
  RecordHeader: objectOf<RecordHeader>('A header.', { key: text('Its name.'), value: data }),
  PreviewRecord: objectOf<PreviewRecord>(
    'A record as Kafka has it, for sinks; as the task gives it, for sources.',
    record,
    { optional: ['topic', 'partition', 'offset', 'timestamp', 'key', 'value', 'headers'] },
  ),
  PreviewRequest: objectOf<PreviewRequest>(
    'Records to show: exactly one of `records` and `from`. At most 100 records of 4 MiB together.',
    {
      config: {
        anyOf: [{ $ref: '#/components/schemas/ConnectorProperties' }, { type: 'null' }],
        description: 'Used instead of the configuration that is stored.',
      },
      records: {
        type: ['array', 'null'],
        items: { $ref: '#/components/schemas/PreviewRecord' },
        minItems: 1,
        maxItems: 100,
        description: 'The records.',
      },
      from: {
        type: ['object', 'null'],
        description: 'For sinks: records of a topic that the connector reads.',
        properties: {
          topic: text('Which topic; need not be given where the connector reads one.'),
          partition: integer('Which partition; all where it is not given.'),
          offset: integer('Of the first record, with a partition; the last records where it is not given.'),
          count: { type: 'integer', minimum: 1, maximum: 100, default: 10, description: 'How many records.' },
        },
        additionalProperties: false,
      },
    },
    {
      optional: ['config', 'records', 'from'],
      examples: [
        { records: [{ key: { text: 'k' }, value: { json: { name: 'Ada' } } }] },
        { from: { partition: 0, offset: 42, count: 1 } },
      ],
    },
  ),
  PreviewError: objectOf<PreviewError>(
    'What was thrown.',
    {
      exception: text("The class of the exception, by the reference's name."),
      message: text('What it says.'),
      causes: listOf(
        mapOf({ type: 'string' }, 'The same of a cause.'),
        'What caused it, from the outside in; absent where nothing did.',
      ),
    },
    { optional: ['causes'] },
  ),
  PreviewStep: objectOf<PreviewStep>(
    'One step of a record.',
    {
      stage: oneOf(
        ['KEY_CONVERTER', 'VALUE_CONVERTER', 'HEADER_CONVERTER', 'TRANSFORMATION', 'KAFKA_PRODUCE'],
        'Where in the pipeline it was.',
      ),
      alias: text('The name of the transformation in `transforms`.'),
      class: text('The class at work.'),
      applied: { type: 'boolean', description: 'Whether the predicate let the transformation have the record.' },
      result: {
        description:
          'What came of it: key or value, headers, or the record as a whole; null where a transformation dropped it. Absent ' +
          'where the step threw, and where it did not apply.',
      },
      error: { $ref: '#/components/schemas/PreviewError' },
    },
    { optional: ['alias', 'applied', 'result', 'error'] },
  ),
  PreviewedRecord: objectOf<PreviewedRecord>(
    'A record as it came, and what became of it.',
    {
      ...record,
      steps: listOf({ $ref: '#/components/schemas/PreviewStep' }, 'The steps it went through.'),
      outcome: oneOf(['passed', 'dropped', 'failed'], 'Whether it would come to the task (sinks), to Kafka (sources).'),
      by: text('The transformation or stage at which it ended; absent where it passed.'),
    },
    { optional: ['by', 'offset'] },
  ),
  Preview: objectOf<Preview>(
    'What became of records.',
    {
      name: text('The name of the connector.'),
      type: oneOf(['source', 'sink'], 'What it is.'),
      class: text('Its class.'),
      records: listOf({ $ref: '#/components/schemas/PreviewedRecord' }, 'The records, in their order.'),
      cut: { type: 'boolean', description: 'True where records were left out because they are too large together.' },
    },
    { optional: ['cut'] },
  ),
} satisfies Record<string, Schema>;
