import { hashMapOrder, javaStringHash, type ConnectValue, type SchemaType } from '@tributary/connect-api';

const scratch = new DataView(new ArrayBuffer(8));

/** Entries as a Java HashMap would give them. Keys that are no primitives stay in their order. A repeated key keeps its place. */
export function hashOrdered(
  entries: readonly (readonly [ConnectValue, ConnectValue])[],
  keyType: SchemaType | undefined,
): Map<ConnectValue, ConnectValue> {
  const distinct = [...new Map(entries)];
  const hashes: number[] = [];
  for (const [key] of distinct) {
    const hash = javaHash(key, keyType);
    if (hash === undefined) return new Map(distinct);
    hashes.push(hash);
  }
  return new Map(hashMapOrder(hashes).map((index) => distinct[index] ?? [null, null]));
}

function javaHash(key: ConnectValue, type: SchemaType | undefined): number | undefined {
  switch (typeof key) {
    case 'string':
      return javaStringHash(key);
    case 'boolean':
      return key ? 1231 : 1237;
    case 'bigint':
      return longHash(key);
    case 'number':
      if (type === 'FLOAT32') return floatHash(key);
      if (type === 'FLOAT64') return doubleHash(key);
      return type === 'INT64' ? longHash(BigInt(key)) : key;
    default:
      return key === null || key === undefined ? 0 : undefined;
  }
}

function longHash(value: bigint): number {
  return Number(BigInt.asIntN(32, value ^ (BigInt.asUintN(64, value) >> 32n)));
}

function floatHash(value: number): number {
  scratch.setFloat32(0, value);
  return scratch.getInt32(0);
}

function doubleHash(value: number): number {
  scratch.setFloat64(0, value);
  return scratch.getInt32(0) ^ scratch.getInt32(4);
}
