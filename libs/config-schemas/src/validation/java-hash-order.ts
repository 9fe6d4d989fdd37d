/**
 * Texts in the order in which Java's HashMap would give them, if they were put in as they come: clients of the reference
 * see this order in REST answers. (Long chains become trees in Java, which does not change the order of small maps.)
 */
export function javaHashOrder(texts: readonly string[]): string[] {
  let capacity = 16;
  while (texts.length > capacity * 0.75) capacity *= 2;
  return inBuckets(texts, capacity);
}

function inBuckets(texts: readonly string[], capacity: number): string[] {
  const buckets = new Map(texts.map((text) => [text, spreadHash(text) & (capacity - 1)]));
  return [...buckets.keys()].sort((a, b) => (buckets.get(a) ?? 0) - (buckets.get(b) ?? 0));
}

function spreadHash(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash ^ (hash >>> 16);
}

/** A map as the reference prints it in messages: `{a=b, c=null}`, in the order of a HashMap that is copied from another map. */
export function javaMapText(map: Readonly<Record<string, string | null>>): string {
  const keys = Object.keys(map);
  const capacity = 2 ** Math.ceil(Math.log2(Math.floor(keys.length / 0.75 + 1)));
  return `{${inBuckets(keys, capacity)
    .map((key) => `${key}=${map[key]}`)
    .join(', ')}}`;
}
