import { Decimal } from '../decimal.js';
import { DecimalSchema } from '../logical-types.js';
import type { SchemaAndValue } from '../schema.js';
import { Schemas } from '../schemas.js';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,10})?$/;
const INT64_DIGITS = 19;
const FLOAT_MAX = 3.4028235677973366e38;
/**
 * A number as the narrowest type that holds it: INT8 to INT64 where it is integral (`1.0` is), Decimal for larger digits
 * without point and exponent; else FLOAT32, or FLOAT64 where it is too large for that, or Decimal. Undefined where the
 * text is no number.
 */
export function parseNumber(text: string): SchemaAndValue | undefined {
  if (!NUMBER.test(text)) return undefined;
  let decimal;
  try {
    decimal = Decimal.fromString(text);
  } catch {
    return undefined;
  }
  const integral = integralValue(decimal);
  const fits = integral === undefined ? undefined : integer(integral);
  if (fits !== undefined) return fits;
  if (decimal.scale === 0) return { schema: DecimalSchema.schema(0), value: decimal };
  const number = decimal.toNumber();
  if (Math.abs(number) < FLOAT_MAX) return { schema: Schemas.FLOAT32, value: Math.fround(number) };
  if (Number.isFinite(number)) return { schema: Schemas.FLOAT64, value: number };
  return { schema: DecimalSchema.schema(decimal.scale), value: decimal };
}

/** Undefined also for what is far beyond INT64, so that no text makes this compute huge powers of ten. */
function integralValue({ unscaled, scale }: Decimal): bigint | undefined {
  if (unscaled === 0n) return 0n;
  if (scale <= 0) return scale < -INT64_DIGITS ? undefined : unscaled * 10n ** BigInt(-scale);
  if (scale > unscaled.toString().length) return undefined;
  const divisor = 10n ** BigInt(scale);
  return unscaled % divisor === 0n ? unscaled / divisor : undefined;
}

function integer(value: bigint): SchemaAndValue | undefined {
  for (const [bits, schema] of [
    [8, Schemas.INT8],
    [16, Schemas.INT16],
    [32, Schemas.INT32],
    [64, Schemas.INT64],
  ] as const) {
    if (BigInt.asIntN(bits, value) === value) {
      const number = Number(value);
      return { schema, value: Number.isSafeInteger(number) ? number : value };
    }
  }
  return undefined;
}
