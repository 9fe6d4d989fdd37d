import { Decimal } from '../decimal.js';
import { DecimalSchema } from '../logical-types.js';
import type { SchemaAndValue } from '../schema.js';
import { Schemas } from '../schemas.js';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,10})?$/;
const FLOAT_MAX = 3.4028235677973366e38;
/** Java would go on computing powers of ten for hours; such a text is no number here. */
const MAX_EXPONENT = 100_000;

/**
 * A number as the narrowest type that holds it: INT8 to INT64 where it is integral (`1.0` is), then Decimal; else
 * FLOAT32, FLOAT64 where it is too large for that, then Decimal. Undefined where the text is no number.
 */
export function parseNumber(text: string): SchemaAndValue | undefined {
  if (!NUMBER.test(text)) return undefined;
  const decimal = Decimal.fromString(text);
  if (Math.abs(decimal.scale) > MAX_EXPONENT) return undefined;
  const integral = integralValue(decimal);
  if (integral !== undefined) return integer(integral, decimal);
  const number = decimal.toNumber();
  if (Math.abs(number) < FLOAT_MAX) return { schema: Schemas.FLOAT32, value: Math.fround(number) };
  if (Number.isFinite(number)) return { schema: Schemas.FLOAT64, value: number };
  return { schema: DecimalSchema.schema(decimal.scale), value: decimal };
}

function integralValue({ unscaled, scale }: Decimal): bigint | undefined {
  if (scale <= 0) return unscaled * 10n ** BigInt(-scale);
  const divisor = 10n ** BigInt(scale);
  return unscaled % divisor === 0n ? unscaled / divisor : undefined;
}

function integer(value: bigint, decimal: Decimal): SchemaAndValue {
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
  return { schema: DecimalSchema.schema(decimal.scale), value: decimal };
}
