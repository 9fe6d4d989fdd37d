import { DECIMAL_NAME, TEMPORAL_NAMES, type Schema } from '@tributary/connect-api';
import type { Care } from './parse-json.js';

/** How carefully a text must be parsed whose values have this schema: for dates and times `1.0` is no integer. */
export function careFor(schema: Schema | null): Care {
  if (schema === null) return 'schemaless';
  const names = [...allParts(schema)].map(({ name }) => name ?? '');
  if (names.includes(DECIMAL_NAME)) return 'decimal';
  return names.some((name) => TEMPORAL_NAMES.has(name)) ? 'schemaless' : 'typed';
}

function* allParts(schema: Schema): Generator<Schema> {
  yield schema;
  if (schema.keySchema !== null) yield* allParts(schema.keySchema);
  if (schema.valueSchema !== null) yield* allParts(schema.valueSchema);
  for (const field of schema.fields) yield* allParts(field.schema);
}
