import {
  Decimal,
  Float64,
  Struct,
  headersOf,
  keysInOrder,
  type ConnectRecord,
  type ConnectValue,
  type PlainObject,
  type Schema,
} from '@tributary/connect-api';

/** The parts of a record in the words of the vectors. */
export interface Described {
  readonly topic: string;
  readonly key: string;
  readonly value: string;
  readonly headers: string;
}

export function describedRecord(record: ConnectRecord): Described {
  return {
    topic: record.topic,
    key: described(record.keySchema, record.key),
    value: described(record.valueSchema, record.value),
    headers: headersOf(record)
      .map(({ key, schema, value }) => `${key}=${described(schema, value)};`)
      .join(''),
  };
}

function described(schema: Schema | null, value: ConnectValue): string {
  return `${schemaText(schema)} ${text(value, schema)}`;
}

function schemaText(schema: Schema | null): string {
  if (schema === null) return 'none';
  const parts = [schema.type, schema.optional ? '?' : ''];
  if (schema.name !== null) parts.push(` name=${schema.name}`);
  if (schema.version !== null) parts.push(` version=${schema.version}`);
  if (schema.doc !== null) parts.push(` doc=${schema.doc}`);
  if (schema.parameters !== null) {
    const sorted = [...schema.parameters].sort(([a], [b]) => (a < b ? -1 : 1));
    parts.push(` parameters={${sorted.map(([key, value]) => `${key}=${value}`).join(', ')}}`);
  }
  if ((schema.defaultValue ?? null) !== null) parts.push(` default=${text(schema.defaultValue, schema)}`);
  if (schema.type === 'MAP') parts.push(`<${schemaText(schema.keySchema)},${schemaText(schema.valueSchema)}>`);
  if (schema.type === 'ARRAY') parts.push(`<${schemaText(schema.valueSchema)}>`);
  if (schema.type === 'STRUCT') {
    parts.push(`(${schema.fields.map((field) => `${field.name}:${schemaText(field.schema)},`).join('')})`);
  }
  return parts.join('');
}

/** Floats and doubles by their bits. */
function text(value: ConnectValue, schema: Schema | null): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' || value instanceof Float64) return numberText(value, schema);
  if (typeof value !== 'object') return String(value);
  if (value instanceof Uint8Array) return `b${Buffer.from(value).toString('base64')}`;
  if (value instanceof Decimal) return `decimal${value.toString()}`;
  if (value instanceof Date) return `date${value.getTime()}`;
  if (value instanceof Struct) {
    const { fields } = value.schema;
    return `(${fields.map((field) => `${field.name}=${text(value.at(field.index), field.schema)},`).join('')})`;
  }
  if (value instanceof Map) {
    const [keys, values] = [schema?.keySchema ?? null, schema?.valueSchema ?? null];
    return `{${[...value].map(([key, member]) => `${text(key, keys)}:${text(member, values)},`).join('')}}`;
  }
  if (isList(value)) return `[${value.map((item) => `${text(item, schema?.valueSchema ?? null)},`).join('')}]`;
  const plain: PlainObject = value;
  return `{${keysInOrder(plain)
    .map((key) => `${JSON.stringify(key)}:${text(plain[key], null)},`)
    .join('')}}`;
}

function numberText(value: number | Float64, schema: Schema | null): string {
  const number = value instanceof Float64 ? value.value : value;
  const buffer = Buffer.alloc(8);
  if (schema?.type === 'FLOAT32') {
    buffer.writeFloatBE(number);
    return `f${buffer.readUInt32BE().toString(16)}`;
  }
  const isDouble =
    schema === null ? value instanceof Float64 || !Number.isSafeInteger(value) : schema.type === 'FLOAT64';
  if (!isDouble) return String(number + 0);
  buffer.writeDoubleBE(number);
  return `d${buffer.readBigUInt64BE().toString(16)}`;
}

function isList(value: object): value is readonly ConnectValue[] {
  return Array.isArray(value);
}
