/** The 32-bit Murmur2 hash as Kafka's Java client uses it to choose partitions, as a signed number. */
export function murmur2(bytes: Uint8Array, length = bytes.length): number {
  let hash = 0x9747b28c ^ length;
  const whole = length & ~3;
  for (let at = 0; at < whole; at += 4) {
    let word =
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24);
    word = Math.imul(word, MULTIPLIER);
    word ^= word >>> 24;
    hash = Math.imul(hash, MULTIPLIER) ^ Math.imul(word, MULTIPLIER);
  }
  const rest = length - whole;
  if (rest >= 3) hash ^= (bytes[whole + 2] as number) << 16;
  if (rest >= 2) hash ^= (bytes[whole + 1] as number) << 8;
  if (rest >= 1) hash = Math.imul(hash ^ (bytes[whole] as number), MULTIPLIER);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, MULTIPLIER);
  return hash ^ (hash >>> 15);
}

const MULTIPLIER = 0x5bd1e995;
