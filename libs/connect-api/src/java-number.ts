/** A double as Java's `Double.toString` prints it: `1.0`, `1.0E21`, `NaN`. */
export function javaDouble(value: number): string {
  const magnitude = value < 0 ? -value : value;
  if (magnitude >= 1e-3 && magnitude < 1e7) return Number.isInteger(value) ? `${value}.0` : `${value}`;
  return special(value) ?? scientific(twoDigits(value.toExponential(), value));
}

/** A 32-bit float as Java's `Float.toString` prints it: the shortest text that reads back as the same float. */
export function javaFloat(value: number): string {
  const float = Math.fround(value);
  const text = special(float);
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

function shortestFloat(float: number): string {
  for (let digits = 0; digits < 9; digits++) {
    const text = float.toExponential(digits);
    if (Math.fround(Number(text)) === float) return text;
  }
  return float.toExponential();
}

/** Java prints at least two digits, and if one alone would do then the two that come nearest: 4.9E-324, not 5.0E-324. */
function twoDigits(exponential: string, value: number): string {
  return exponential.includes('.') ? exponential : value.toExponential(1);
}

function scientific(exponential: string): string {
  return exponential.replace('e+', 'E').replace('e', 'E');
}
