import { DataError } from './errors.js';

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
const MAX_SCALE = 2 ** 31 - 1;

/** An exact decimal number: `unscaled` × 10^-`scale`. `1.20` and `1.2` are different decimals. */
export class Decimal {
  constructor(
    readonly unscaled: bigint,
    readonly scale: number,
  ) {}

  /** Reads `-12.30`, `1E+3`, ...; digits after the point give the scale. Throws a {@link DataError} for anything else. */
  static fromString(text: string): Decimal {
    const match = NUMBER.exec(text);
    const whole = match?.[2] ?? '';
    const fraction = match?.[3] ?? '';
    const scale = fraction.length - Number(match?.[4] ?? 0);
    if (match === null || whole + fraction === '' || Math.abs(scale) > MAX_SCALE) {
      throw new DataError(`'${text}' is not a decimal number`);
    }
    const unscaled = BigInt(whole + fraction);
    return new Decimal(match[1] === '-' ? -unscaled : unscaled, scale);
  }

  /** Reads the unscaled value from big-endian two's complement bytes; throws a {@link DataError} where there are none. */
  static fromBytes(bytes: Uint8Array, scale: number): Decimal {
    if (bytes.length === 0) throw new DataError('A decimal needs at least one byte');
    return new Decimal(BigInt.asIntN(bytes.length * 8, BigInt(`0x${asBuffer(bytes).toString('hex')}`)), scale);
  }

  /** The unscaled value as the shortest big-endian two's complement bytes. */
  toBytes(): Buffer {
    const magnitude = this.unscaled < 0n ? -this.unscaled - 1n : this.unscaled;
    const length = magnitude === 0n ? 1 : (magnitude.toString(2).length >> 3) + 1;
    return Buffer.from(
      BigInt.asUintN(length * 8, this.unscaled)
        .toString(16)
        .padStart(length * 2, '0'),
      'hex',
    );
  }

  /** All digits, never an exponent: `1200`, `0.0000001`. */
  toPlainString(): string {
    const [sign, digits] = this.#digits();
    if (this.scale <= 0) return this.unscaled === 0n ? '0' : sign + digits + '0'.repeat(-this.scale);
    const padded = digits.padStart(this.scale + 1, '0');
    return `${sign}${padded.slice(0, -this.scale)}.${padded.slice(-this.scale)}`;
  }

  /** Canonical text; an exponent where the scale is negative or more than six zeros would follow the point: `1.2E+3`. */
  toString(): string {
    if (this.scale === 0) return this.unscaled.toString();
    const [sign, digits] = this.#digits();
    const exponent = digits.length - 1 - this.scale;
    if (this.scale > 0 && exponent >= -6) return this.toPlainString();
    const mantissa = digits.length === 1 ? digits : `${digits.slice(0, 1)}.${digits.slice(1)}`;
    if (exponent === 0) return sign + mantissa;
    return `${sign}${mantissa}E${exponent > 0 ? '+' : ''}${exponent}`;
  }

  /** What stands before the point, the lowest 64 bits of it, as Java narrows decimals. */
  toInt64(): bigint {
    const { unscaled, scale } = this;
    // Ten to the power of 64 is a multiple of two to the power of 64.
    if (unscaled === 0n || scale <= -64 || scale >= unscaled.toString().length) return 0n;
    return BigInt.asIntN(64, scale >= 0 ? unscaled / 10n ** BigInt(scale) : unscaled * 10n ** BigInt(-scale));
  }

  /** Same value and same scale. */
  equals(other: Decimal): boolean {
    return this.unscaled === other.unscaled && this.scale === other.scale;
  }

  /** The nearest double. */
  toNumber(): number {
    return Number(this.toString());
  }

  #digits(): [sign: string, digits: string] {
    return this.unscaled < 0n ? ['-', (-this.unscaled).toString()] : ['', this.unscaled.toString()];
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
