import { DECIMAL_NAME, type Schema } from '@tributary/connect-api';
import type { Exactness } from './parse-json.js';

/** How carefully a text must be parsed whose values have this schema. */
export function exactnessFor(schema: Schema | null): Exactness {
  if (schema === null) return 'schemaless';
  const parts = [...allParts(schema)];
  if (parts.some((part) => part.name === DECIMAL_NAME)) return 'decimal';
  return parts.some((part) => part.type === 'MAP') ? 'ordered' : 'typed';
}

function* allParts(schema: Schema): Generator<Schema> {
  yield schema;
  if (schema.keySchema !== null) yield* allParts(schema.keySchema);
  if (schema.valueSchema !== null) yield* allParts(schema.valueSchema);
  for (const field of schema.fields) yield* allParts(field.schema);
}
