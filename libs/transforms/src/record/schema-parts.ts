import { DataError, SchemaBuilder, type Field, type Schema, type SchemaType } from '@tributary/connect-api';

/** A builder that has the name, version, documentation and parameters of `schema`; whether it is optional is left open. */
export function builderLike(schema: Schema, type: SchemaType = schema.type): SchemaBuilder {
  return described(
    type === 'ARRAY'
      ? SchemaBuilder.array(schema.valueSchema)
      : type === 'MAP'
        ? SchemaBuilder.map(schema.keySchema, schema.valueSchema)
        : SchemaBuilder.type(type),
    schema,
  );
}

/** Gives `builder` the name, version, documentation and parameters of `schema`. */
export function described(builder: SchemaBuilder, schema: Schema): SchemaBuilder {
  if (schema.name !== null) builder.name(schema.name);
  if (schema.version !== null) builder.version(schema.version);
  if (schema.doc !== null) builder.doc(schema.doc);
  if (schema.parameters !== null) builder.parameters(schema.parameters);
  return builder;
}

/** The fields of a struct's schema; throws a {@link DataError} for any other. */
export function fieldsOf(schema: Schema): readonly Field[] {
  if (schema.type !== 'STRUCT') throw new DataError('Cannot list fields on non-struct type');
  return schema.fields;
}

/** The field of a struct's schema; throws a {@link DataError} for any other schema. */
export function fieldNamed(schema: Schema, name: string): Field | undefined {
  if (schema.type !== 'STRUCT') throw new DataError('Cannot look up fields on non-struct type');
  return schema.field(name);
}
