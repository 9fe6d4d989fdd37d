import { SchemaBuilder, Schemas, Struct } from '@tributary/connect-api';

/** Version 1 of `record`, and version 2 with one field more, which has a default. */
const VERSION_1 = begin(1).field('id', Schemas.INT32).field('seqno', Schemas.INT64).build();
const VERSION_2 = begin(2)
  .field('string', SchemaBuilder.string().default('abc').build())
  .field('id', Schemas.INT32)
  .field('seqno', Schemas.INT64)
  .build();

function begin(version: number): SchemaBuilder {
  return SchemaBuilder.struct()
    .version(version)
    .name('record')
    .field('boolean', Schemas.BOOLEAN)
    .field('int', Schemas.INT32)
    .field('long', Schemas.INT64)
    .field('float', Schemas.FLOAT32)
    .field('double', Schemas.FLOAT64)
    .field('partitioning', Schemas.INT32);
}

/** What differs from record to record. */
export interface RecordFields {
  readonly partitioning: number;
  readonly id: number;
  readonly seqno: number;
}

export function structOf(version: 1 | 2, { partitioning, id, seqno }: RecordFields): Struct {
  const struct = new Struct(version === 1 ? VERSION_1 : VERSION_2)
    .put('boolean', true)
    .put('int', 12)
    .put('long', 12)
    .put('float', 12.2)
    .put('double', 12.2)
    .put('partitioning', partitioning)
    .put('id', id)
    .put('seqno', seqno);
  return version === 1 ? struct : struct.put('string', 'def');
}
