import { DataError, SchemaBuilder, Struct, type ConnectValue, type Field, type Schema } from '@tributary/connect-api';
import { builderLike, described } from '../record/schema-parts.js';

/** A field of a flat struct, and the way to it through the nested ones. */
export interface FlatField {
  readonly name: string;
  readonly path: readonly Field[];
  readonly target: Schema;
}

export interface FlatSchema {
  readonly schema: Schema;
  readonly fields: readonly FlatField[];
}

/**
 * The schema without nested structs. A field is optional where anything around it is, and its default is its own or that
 * inside the default of what is around it. Throws a {@link DataError} for a MAP.
 */
export function flatSchema(schema: Schema, delimiter: string): FlatSchema {
  const builder = described(SchemaBuilder.struct(), schema);
  const fields: FlatField[] = [];
  addFields({ schema, path: [], prefix: '', optional: schema.optional, defaults: structOrNull(schema.defaultValue) });
  return { schema: builder.build(), fields };

  function addFields(parent: Parent): void {
    for (const field of parent.schema.fields) {
      const name = parent.prefix === '' ? field.name : parent.prefix + delimiter + field.name;
      const optional = parent.optional || field.schema.optional;
      const path = [...parent.path, field];
      const defaultValue = field.schema.defaultValue ?? parent.defaults?.get(field) ?? null;
      if (field.schema.type === 'STRUCT') {
        addFields({ schema: field.schema, path, prefix: name, optional, defaults: structOrNull(defaultValue) });
      } else {
        if (field.schema.type === 'MAP') {
          throw new DataError(
            `Flatten transformation does not support MAP for record with schemas (for field ${name}).`,
          );
        }
        const target = flatField(field.schema, optional, defaultValue);
        builder.field(name, target);
        fields.push({ name, path, target });
      }
    }
  }
}

interface Parent {
  readonly schema: Schema;
  readonly path: readonly Field[];
  readonly prefix: string;
  readonly optional: boolean;
  readonly defaults: Struct | null;
}

function flatField(schema: Schema, optional: boolean, defaultValue: ConnectValue): Schema {
  const builder = builderLike(schema);
  if (optional) builder.optional();
  if (defaultValue !== null && defaultValue !== undefined) builder.default(defaultValue);
  return builder.build();
}

function structOrNull(value: ConnectValue): Struct | null {
  return value instanceof Struct ? value : null;
}
