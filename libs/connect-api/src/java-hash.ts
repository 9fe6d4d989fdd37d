/*
 * The order in which Java's HashMap gives its entries. Schemaless JSON objects become HashMaps in the reference, so this
 * is the order in which it writes their members again, and a difference would show in every such record.
 *
 * A HashMap keeps entries in 2^n buckets by the hash of their key, n growing with the count (at least 16, at most three
 * quarters full); in one bucket they stay in the order of insertion, also when the table grows.
 */

/** Java's String.hashCode: 31 × hash + code unit, in 32 bits. */
export function javaStringHash(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  return hash;
}

/** The buckets of a HashMap that so many entries were put into one by one. */
function grownCapacity(count: number): number {
  let capacity = 16;
  while (count > capacity * 0.75) capacity *= 2;
  return capacity;
}

/**
 * Indexes of entries in a HashMap's order, given the hash codes of their keys in the order of insertion. `capacity` is the
 * number of buckets, where the map was not filled one by one.
 */
export function hashMapOrder(hashes: readonly number[], capacity = grownCapacity(hashes.length)): number[] {
  const mask = capacity - 1;
  const buckets = hashes.map((hash) => (hash ^ (hash >>> 16)) & mask);
  return hashes.map((_, index) => index).sort((a, b) => (buckets[a] ?? 0) - (buckets[b] ?? 0) || a - b);
}

/** Distinct texts in the order in which a HashMap with these keys would give them. */
export function hashMapKeyOrder(keys: readonly string[], capacity?: number): string[] {
  return hashMapOrder(keys.map(javaStringHash), capacity).map((index) => keys[index] ?? '');
}
