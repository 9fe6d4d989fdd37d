import { LINE_BYTES, lineText } from './lines.js';
import { POISON_EVERY, orderOrPoison, orderText } from './json-records.js';

type Config = Readonly<Record<string, string>>;

/** One row of the table: what a connector of one task does to a number of records. */
export interface Row {
  readonly name: string;
  /** source: from a file of lines into a topic. sink: from a topic that is filled before into a file. */
  readonly kind: 'source' | 'sink';
  readonly records: number;
  /** sinks: the values in the topic */
  readonly value: (n: number) => string;
  /** sinks: how many of the records go to a dead letter queue */
  readonly poison: number;
  readonly config: Config;
}

const CONNECT = 'org.apache.kafka.connect';
const STRINGS: Config = {
  'key.converter': `${CONNECT}.storage.StringConverter`,
  'value.converter': `${CONNECT}.storage.StringConverter`,
};
const json = (schemas: boolean): Config => ({
  'key.converter': `${CONNECT}.storage.StringConverter`,
  'value.converter': `${CONNECT}.json.JsonConverter`,
  'value.converter.schemas.enable': String(schemas),
});

/** Properties of a chain of transformations of values, by class. */
function chain(steps: Readonly<Record<string, Config>>): Config {
  const properties = Object.entries(steps).flatMap(([name, config]) => [
    [`transforms.${name}.type`, `${CONNECT}.transforms.${name}$Value`],
    ...Object.entries(config).map(([key, value]) => [`transforms.${name}.${key}`, value]),
  ]);
  return { transforms: Object.keys(steps).join(), ...(Object.fromEntries(properties) as Config) };
}

const ORDERS: Config = {
  ...json(false),
  ...chain({
    InsertField: { 'timestamp.field': 'at', 'static.field': 'origin', 'static.value': 'bench' },
    ReplaceField: { exclude: 'note', renames: 'customer:buyer' },
    MaskField: { fields: 'email', replacement: 'hidden' },
  }),
};
const TOLERANT: Config = { 'errors.tolerance': 'all' };

/** The rows, plain ones with `lines` records and those that convert with fewer, as they take longer. */
export function rows(lines: number): Row[] {
  const orders = Math.ceil(lines / 4);
  const source = { kind: 'source', value: lineText, poison: 0 } as const;
  const sink = { kind: 'sink', records: orders, value: orderText, poison: 0 } as const;
  return [
    { ...source, name: 'FileStreamSource to topic', records: lines, config: STRINGS },
    { ...sink, name: 'topic to FileStreamSink', records: lines, value: lineText, config: STRINGS },
    { ...sink, name: 'sink: JSON, insert, replace, mask', config: ORDERS },
    { ...sink, name: 'sink: the same, errors.tolerance=all', config: { ...ORDERS, ...TOLERANT } },
    {
      ...sink,
      name: `sink: the same, 1 of ${POISON_EVERY} to the DLQ`,
      value: orderOrPoison,
      poison: Math.floor(orders / POISON_EVERY),
      config: { ...ORDERS, ...TOLERANT },
    },
    {
      ...source,
      name: 'source: hoist, insert, JSON with schema',
      records: orders,
      config: {
        ...json(true),
        ...chain({
          HoistField: { field: 'line' },
          InsertField: { 'topic.field': 'topic', 'static.field': 'origin', 'static.value': 'bench' },
        }),
      },
    },
  ];
}

/** What the rows are about, for the head of the table. */
export const ABOUT = `one task; lines of ${LINE_BYTES} bytes with StringConverter, or JSON orders of ${orderText(0).length} bytes`;
