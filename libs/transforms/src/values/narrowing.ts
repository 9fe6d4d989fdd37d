import type { Decimal } from '@tributary/connect-api';

/** A double as an integer of so many bits, as Java casts: cut off, NaN is 0, too large is the largest. */
export function doubleToInteger(double: number, bits: 32 | 64): bigint {
  if (Number.isNaN(double)) return 0n;
  if (Number.isSafeInteger(double) && bits === 64) return BigInt(double);
  const limit = 2 ** (bits - 1);
  if (double >= limit) return 2n ** BigInt(bits - 1) - 1n;
  if (double < -limit) return -(2n ** BigInt(bits - 1));
  return BigInt(Math.trunc(double));
}

/** What stands before the point, as 64 bits. */
export function decimalInteger({ unscaled, scale }: Decimal): bigint {
  // Ten to the power of 64 is a multiple of two to the power of 64.
  if (unscaled === 0n || scale <= -64 || scale >= unscaled.toString().length) return 0n;
  return BigInt.asIntN(64, scale >= 0 ? unscaled / 10n ** BigInt(scale) : unscaled * 10n ** BigInt(-scale));
}

/** The nearest float, rounded once: by way of a double it could be rounded twice. */
export function integerToFloat(integer: bigint): number {
  const magnitude = integer < 0n ? -integer : integer;
  const dropped = BigInt(Math.max(0, magnitude.toString(2).length - 32));
  const kept = magnitude >> dropped;
  const sticky = kept << dropped === magnitude ? kept : kept | 1n;
  return Math.fround(Number(sticky) * 2 ** Number(dropped)) * (integer < 0n ? -1 : 1);
}
