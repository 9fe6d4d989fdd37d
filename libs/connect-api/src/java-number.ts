/*
 * As Java 17 prints them. Since Java 19 large whole numbers have no more digits than it takes to tell them apart.
 */

const DOUBLE_BITS = 53;
const FLOAT_BITS = 24;
const INT64_BITS = 63;

/** V8 prints integers up to here several times as fast as larger ones. */
const QUICK = 2 ** 30;
const LOWER_HALF = 1e7;

/** A safe integer in decimal digits. Large ones, as identifiers and timestamps are, are printed in two halves. */
export function integerText(value: number): string {
  if (value > -QUICK && value < QUICK) return `${value}`;
  const magnitude = value < 0 ? -value : value;
  const upper = Math.floor(magnitude / LOWER_HALF);
  const lower = magnitude - upper * LOWER_HALF;
  const digits = `${upper}${`${lower + LOWER_HALF}`.slice(1)}`;
  return value < 0 ? `-${digits}` : digits;
}

/** A double as Java's `Double.toString` prints it: `1.0`, `1.0E21`, `NaN`. */
export function javaDouble(value: number): string {
  const magnitude = value < 0 ? -value : value;
  if (magnitude >= 1e-3 && magnitude < 1e7) return Number.isInteger(value) ? `${value}.0` : `${value}`;
  return special(value) ?? whole(value, DOUBLE_BITS) ?? scientific(twoDigits(value.toExponential(), value));
}

/** A 32-bit float as Java's `Float.toString` prints it: the shortest text that reads back as the same float. */
export function javaFloat(value: number): string {
  const float = Math.fround(value);
  const text = special(float) ?? whole(float, FLOAT_BITS);
  if (text !== undefined) return text;
  const exponential = twoDigits(shortestFloat(float), float);
  const magnitude = Math.abs(float);
  if (magnitude < 1e-3 || magnitude >= 1e7) return scientific(exponential);
  const plain = Number(exponential);
  return Number.isInteger(plain) ? `${plain}.0` : `${plain}`;
}

function special(value: number): string | undefined {
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  return Number.isFinite(value) ? undefined : String(value);
}

/**
 * Whole numbers so large that not every one of them has a value of its own: Java has all digits of them but as many as
 * certainly tell nothing. Undefined for all others.
 */
function whole(value: number, significantBits: number): string | undefined {
  const magnitude = Math.abs(value);
  if (magnitude < 2 ** significantBits || magnitude >= 2 ** INT64_BITS) return undefined;
  const integer = BigInt(magnitude);
  const spareBits = integer.toString(2).length - significantBits - 2;
  const unit = 10n ** BigInt(Math.max(0, (2 ** spareBits).toFixed().length - 1));
  const rounded = (integer + unit / 2n) / unit;
  const [first = '', ...more] = rounded.toString().replace(/0+$/, '');
  const exponent = (rounded * unit).toString().length - 1;
  return `${value < 0 ? '-' : ''}${first}.${more.join('') || '0'}E${exponent}`;
}

function shortestFloat(float: number): string {
  for (let digits = 0; digits < 9; digits++) {
    const text = float.toExponential(digits);
    if (Math.fround(Number(text)) === float) return evenIfTie(text, float, digits);
  }
  return float.toExponential();
}

/** Of two texts with so many digits after the point that are equally near the even one, where JavaScript takes the larger. */
function evenIfTie(text: string, float: number, digits: number): string {
  const more = float.toExponential(digits + 1);
  const [mantissa = '', exponent = ''] = more.split('e');
  const smaller = mantissa.slice(0, -1);
  const isTie = mantissa.endsWith('5') && Number(more) === float && /[02468]\.?$/.test(smaller);
  return isTie ? `${smaller.replace(/\.$/, '')}e${exponent}` : text;
}

/** Java prints at least two digits, and if one alone would do then the two that come nearest: 4.9E-324, not 5.0E-324. */
function twoDigits(exponential: string, value: number): string {
  return exponential.includes('.') ? exponential : value.toExponential(1);
}

function scientific(exponential: string): string {
  return exponential.replace('e+', 'E').replace('e', 'E');
}
