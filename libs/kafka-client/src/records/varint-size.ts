/** The bytes that a signed 32-bit number takes as a zigzag varint. */
export function varintSize(value: number): number {
  const zigzag = ((value << 1) ^ (value >> 31)) >>> 0;
  if (zigzag < 0x80) return 1;
  if (zigzag < 0x4000) return 2;
  if (zigzag < 0x20_0000) return 3;
  return zigzag < 0x1000_0000 ? 4 : 5;
}

/** The bytes that a whole number within ±2^53 takes as a zigzag varint. */
export function varlongSize(value: number): number {
  if (value === (value | 0)) return varintSize(value);
  let rest = value >= 0 ? value * 2 : value * -2 - 1;
  let size = 1;
  for (; rest >= 0x80; size++) rest = Math.floor(rest / 0x80);
  return size;
}
