/** A double as an integer of so many bits, as Java casts: cut off, NaN is 0, too large is the largest. */
export function doubleToInteger(double: number, bits: 32 | 64): bigint {
  if (Number.isNaN(double)) return 0n;
  if (Number.isSafeInteger(double) && bits === 64) return BigInt(double);
  const limit = 2 ** (bits - 1);
  if (double >= limit) return 2n ** BigInt(bits - 1) - 1n;
  if (double < -limit) return -(2n ** BigInt(bits - 1));
  return BigInt(Math.trunc(double));
}

/** The nearest float, rounded once: by way of a double it could be rounded twice. */
export function integerToFloat(integer: bigint): number {
  const magnitude = integer < 0n ? -integer : integer;
  const dropped = BigInt(Math.max(0, magnitude.toString(2).length - 32));
  const kept = magnitude >> dropped;
  const sticky = kept << dropped === magnitude ? kept : kept | 1n;
  return Math.fround(Number(sticky) * 2 ** Number(dropped)) * (integer < 0n ? -1 : 1);
}
