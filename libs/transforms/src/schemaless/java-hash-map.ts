import { hashMapKeyOrder } from '@tributary/connect-api';

/*
 * The order of keys in maps that transformations make: the reference makes HashMaps, and their order shows in the JSON
 * that is written. It depends on the number of buckets, and that on how the map came to be.
 */

const DEFAULT_CAPACITY = 16;

/** Buckets of a HashMap that is made as a copy of a map of that size. */
export function copyCapacity(size: number): number {
  return size === 0 ? DEFAULT_CAPACITY : powerOfTwo(Math.floor(size / 0.75 + 1));
}

/** Buckets of a HashMap that is made for that size. */
export function sizedCapacity(size: number): number {
  return powerOfTwo(size);
}

/** The keys in the order in which a HashMap gives them that they were put into one by one. */
export function grownOrder(keys: readonly string[], capacity: number): string[] {
  let buckets = capacity;
  while (keys.length > Math.floor(buckets * 0.75)) buckets *= 2;
  return hashMapKeyOrder(keys, buckets);
}

function powerOfTwo(atLeast: number): number {
  let capacity = 1;
  while (capacity < atLeast) capacity *= 2;
  return capacity;
}

/** Texts in the order of a HashSet that is made of a list. */
export function hashSetOrder(texts: readonly string[]): string[] {
  const capacity = Math.max(DEFAULT_CAPACITY, powerOfTwo(Math.floor(texts.length / 0.75) + 1));
  return grownOrder([...new Set(texts)], capacity);
}
