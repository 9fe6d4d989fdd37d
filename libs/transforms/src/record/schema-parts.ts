import { SchemaBuilder, type Schema, type SchemaType } from '@tributary/connect-api';

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
