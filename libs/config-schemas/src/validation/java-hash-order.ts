/**
 * Texts in the order in which Java's HashMap would give them, if they were put in as they come: clients of the reference
 * see this order in REST answers. (Long chains become trees in Java, which does not change the order of small maps.)
 */
export function javaHashOrder(texts: readonly string[]): string[] {
  let capacity = 16;
  while (texts.length > capacity * 0.75) capacity *= 2;
  const buckets = new Map(texts.map((text) => [text, spreadHash(text) & (capacity - 1)]));
  return [...buckets.keys()].sort((a, b) => (buckets.get(a) ?? 0) - (buckets.get(b) ?? 0));
}

function spreadHash(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash ^ (hash >>> 16);
}

/** A map as Java prints it: `{a=b, c=null}`. */
export function javaMapText(map: Readonly<Record<string, string | null>>): string {
  return `{${javaHashOrder(Object.keys(map))
    .map((key) => `${key}=${map[key]}`)
    .join(', ')}}`;
}
