import {
  DataError,
  SchemaBuilder,
  SchemaBuilderError,
  Struct,
  keysInOrder,
  type ConnectValue,
  type Schema,
  type SchemaType,
} from '@tributary/connect-api';
import type { JsonReaders } from './json-reader.js';
import { integerOf, isIntegral, isJsonObject, type JsonObject, type JsonTree } from './json-tree.js';
import { TYPE_NAMES } from './schema-to-json.js';

const TYPES = new Map(Object.entries(TYPE_NAMES).map(([type, name]) => [name, type as SchemaType]));

/** Reads the form that `schemaJson` writes; null for JSON null. Members of an unexpected kind count as not set. */
export function schemaFromJson(tree: JsonTree, readers: JsonReaders): Schema | null {
  if (tree === null) return null;
  if (!isJsonObject(tree) || typeof tree['type'] !== 'string') throw new DataError("Schema must contain 'type' field");
  const builder = builderFor(tree, tree['type'], readers);
  if (tree['optional'] === true) builder.optional();
  else builder.required();
  if (typeof tree['name'] === 'string') builder.name(tree['name']);
  if (isIntegral(tree['version'])) builder.version(Number(integerOf(tree['version'], 32)));
  if (typeof tree['doc'] === 'string') builder.doc(tree['doc']);
  addParameters(builder, tree['parameters']);
  if (tree['default'] !== undefined) builder.default(defaultOf(tree['default'], builder.build(), readers));
  return builder.build();
}

/** Structs have none: the schema that a default brings is another one than that which it is the default of. */
function defaultOf(tree: JsonTree, schema: Schema, readers: JsonReaders): ConnectValue {
  const value = readers.for(schema)(tree);
  if (value instanceof Struct) throw new SchemaBuilderError('Invalid default value');
  return value;
}

function builderFor(tree: JsonObject, typeName: string, readers: JsonReaders): SchemaBuilder {
  const type = TYPES.get(typeName);
  switch (type) {
    case undefined:
      throw new DataError(`Unknown schema type: ${typeName}`);
    case 'ARRAY':
      return SchemaBuilder.array(part(tree, 'items', 'Array schema did not specify the element type', readers));
    case 'MAP':
      return SchemaBuilder.map(
        part(tree, 'keys', 'Map schema did not specify the key type', readers),
        part(tree, 'values', 'Map schema did not specify the value type', readers),
      );
    case 'STRUCT':
      return struct(tree, readers);
    default:
      return SchemaBuilder.type(type);
  }
}

function part(tree: JsonObject, member: string, missing: string, readers: JsonReaders): Schema | null {
  const schema = tree[member];
  if (schema === undefined || (schema === null && member === 'items')) throw new DataError(missing);
  if (schema === null)
    throw new SchemaBuilderError(`${member === 'keys' ? 'keySchema' : 'valueSchema'} cannot be null.`);
  return schemaFromJson(schema, readers);
}

function struct(tree: JsonObject, readers: JsonReaders): SchemaBuilder {
  const fields = tree['fields'];
  if (!Array.isArray(fields)) throw new DataError('Struct schema\'s "fields" argument is not an array.');
  const builder = SchemaBuilder.struct();
  for (const field of fields) {
    const name = isJsonObject(field) ? field['field'] : undefined;
    const schema = typeof name === 'string' ? schemaFromJson(field, readers) : null;
    if (typeof name !== 'string' || schema === null) {
      throw new DataError("Struct schema's field name not specified properly");
    }
    builder.field(name, schema);
  }
  return builder;
}

function addParameters(builder: SchemaBuilder, tree: JsonTree): void {
  if (!isJsonObject(tree)) return;
  for (const key of keysInOrder(tree as Record<string, never>)) {
    const value = tree[key];
    if (typeof value !== 'string') throw new DataError('Schema parameters must have string values.');
    builder.parameter(key, value);
  }
}
