/**
 * A reading position in a Buffer, with the variable-length numbers of Kafka's record format (zigzag, 7 bits a byte). One
 * object per decoder, so that the loop over records allocates nothing for it.
 */
export class VarintReader {
  position = 0;

  constructor(
    public bytes: Buffer,
    public end: number,
  ) {}

  /** A number of up to 32 bits. */
  varint(): number {
    const bytes = this.bytes;
    let byte = bytes[this.position++] as number;
    if (byte < 0x80) return (byte >>> 1) ^ -(byte & 1);
    let value = byte & 0x7f;
    for (let shift = 7; shift <= 28; shift += 7) {
      byte = bytes[this.position++] as number;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return (value >>> 1) ^ -(value & 1);
    }
    throw new RangeError(`number of more than 5 bytes at ${this.position}`);
  }

  /** A number of up to 64 bits, exact within ±2^53. */
  varlong(): number {
    const bytes = this.bytes;
    const start = this.position;
    let low = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = bytes[this.position++] as number;
      low |= (byte & 0x7f) << shift;
      if (byte < 0x80) return (low >>> 1) ^ -(low & 1);
    }
    this.position = start;
    return this.longer();
  }

  /** The same for more than 28 bits, where 32-bit arithmetic does not reach. */
  private longer(): number {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.bytes[this.position++];
      if (byte === undefined) throw new RangeError(`end of data inside a number at ${this.position}`);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number((value >> 1n) ^ -(value & 1n));
    }
    throw new RangeError(`number of more than 10 bytes at ${this.position}`);
  }

  /** The next `size` bytes as a view. */
  view(size: number): Buffer {
    const start = this.position;
    const stop = start + size;
    if (size < 0 || stop > this.end) throw new RangeError(`${size} bytes wanted at ${start} of ${this.end}`);
    this.position = stop;
    return this.bytes.subarray(start, stop);
  }

  text(size: number): string {
    const start = this.position;
    const stop = start + size;
    if (size < 0 || stop > this.end) throw new RangeError(`${size} bytes wanted at ${start} of ${this.end}`);
    this.position = stop;
    return this.bytes.toString('utf8', start, stop);
  }
}
