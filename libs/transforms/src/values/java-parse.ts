import { ConnectError } from '@tributary/connect-api';

/*
 * Java's readers of numbers. Each throws a NotANumber for a text that it refuses.
 */

/** Thrown when a text is no number of the wanted type; those who read tell the user which value it was. */
export class NotANumber extends ConnectError {
  override readonly referenceClass = 'java.lang.NumberFormatException';
}

const INTEGER = /^[+-]?[0-9]+$/;
const FLOAT = /^([+-]?)(NaN|Infinity|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)[fFdD]?$/;
const HEX_FLOAT = /^([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?[0-9]+)[fFdD]?$/;

/** An integer of so many bits. */
export function parseInteger(text: string, bits: 8 | 16 | 32 | 64): bigint {
  if (INTEGER.test(text)) {
    const value = BigInt(text.startsWith('+') ? text.slice(1) : text);
    if (BigInt.asIntN(bits, value) === value) return value;
  }
  throw new NotANumber(`For input string: "${text}"`);
}

/** A double; blanks and control characters around it do not matter. */
export function parseDouble(text: string): number {
  const trimmed = text.replace(/^[\0- ]+|[\0- ]+$/g, '');
  const match = FLOAT.exec(trimmed);
  if (match !== null) return Number(trimmed.replace(/(?<=[0-9.yN])[fFdD]$/, '').replace(/^([+-]?)NaN$/, 'NaN'));
  const hex = HEX_FLOAT.exec(trimmed);
  const [, sign, whole = '', fraction = '', exponent = '0'] = hex ?? [];
  if (whole + fraction === '') throw new NotANumber(`For input string: "${text}"`);
  const digits = Number(BigInt(`0x${whole}${fraction}`));
  return (sign === '-' ? -1 : 1) * digits * 2 ** (Number(exponent) - 4 * fraction.length);
}

/** A 32-bit float, rounded once from the text. */
export function parseFloat32(text: string): number {
  const double = parseDouble(text);
  const float = Math.fround(double);
  if (float === double || !Number.isFinite(double)) return float;
  // A double just between two floats may have been rounded there: the digits tell to which side the number belongs.
  const other = neighbour(float, double > float);
  if (double - float !== other - double) return float;
  const side = sideOf(text, double);
  return side === 0 ? float : side > 0 === other > float ? other : float;
}

function neighbour(float: number, up: boolean): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, float);
  view.setInt32(0, view.getInt32(0) + (up === float >= 0 ? 1 : -1));
  return view.getFloat32(0);
}

/** On which side of `double` the number lies that was written: 1 above, -1 below, 0 exactly there. */
function sideOf(text: string, double: number): number {
  const written = exact(text);
  const rounded = exact(double.toFixed(0).includes('e') ? String(BigInt(double)) : toExactText(double));
  const scale = Math.max(written.scale, rounded.scale);
  const difference =
    written.unscaled * 10n ** BigInt(scale - written.scale) - rounded.unscaled * 10n ** BigInt(scale - rounded.scale);
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}

function toExactText(double: number): string {
  let [mantissa, exponent] = [double, 0];
  while (!Number.isInteger(mantissa)) [mantissa, exponent] = [mantissa * 2, exponent + 1];
  const unscaled = BigInt(mantissa) * 5n ** BigInt(exponent);
  return `${unscaled}e-${exponent}`;
}

function exact(text: string): { unscaled: bigint; scale: number } {
  const [mantissa = '', exponent = '0'] = text
    .trim()
    .replace(/[fFdD]$/, '')
    .toLowerCase()
    .split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const scale = fraction.length - Number(exponent);
  const unscaled = BigInt(`${whole}${fraction}`.replace('+', ''));
  return scale < 0 ? { unscaled: unscaled * 10n ** BigInt(-scale), scale: 0 } : { unscaled, scale };
}
