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

/** Indexes of entries in a HashMap's order, given the hash codes of their keys in the order of insertion. */
export function hashMapOrder(hashes: readonly number[]): number[] {
  let capacity = 16;
  while (hashes.length > capacity * 0.75) capacity *= 2;
  const mask = capacity - 1;
  const buckets = hashes.map((hash) => (hash ^ (hash >>> 16)) & mask);
  return hashes.map((_, index) => index).sort((a, b) => (buckets[a] ?? 0) - (buckets[b] ?? 0) || a - b);
}

/** Distinct texts in the order in which a HashMap with these keys would give them. */
export function hashMapKeyOrder(keys: readonly string[]): string[] {
  return hashMapOrder(keys.map(javaStringHash)).map((index) => keys[index] ?? '');
}
