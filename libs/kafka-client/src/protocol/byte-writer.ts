/** Writes the Kafka protocol's types into one Buffer that grows. */
export class ByteWriter {
  private bytes: Buffer;
  private length = 0;

  constructor(capacity = 256) {
    this.bytes = Buffer.allocUnsafe(capacity);
  }

  int8(value: number): this {
    this.reserve(1);
    this.bytes[this.length++] = value & 0xff;
    return this;
  }

  boolean(value: boolean): this {
    return this.int8(value ? 1 : 0);
  }

  int16(value: number): this {
    this.reserve(2);
    this.length = this.bytes.writeInt16BE(value, this.length);
    return this;
  }

  int32(value: number): this {
    this.reserve(4);
    this.length = this.bytes.writeInt32BE(value, this.length);
    return this;
  }

  /** A whole number within ±2^53. */
  int64(value: number): this {
    this.reserve(8);
    this.bytes.writeInt32BE(Math.floor(value / 0x1_0000_0000), this.length);
    this.bytes.writeUInt32BE(
      value >= 0 ? value % 0x1_0000_0000 : Number(BigInt.asUintN(32, BigInt(value))),
      this.length + 4,
    );
    this.length += 8;
    return this;
  }

  bigint64(value: bigint): this {
    this.reserve(8);
    this.length = this.bytes.writeBigInt64BE(value, this.length);
    return this;
  }

  string(value: string): this {
    const size = Buffer.byteLength(value);
    this.int16(size).reserve(size);
    this.length += this.bytes.write(value, this.length, 'utf8');
    return this;
  }

  nullableString(value: string | null | undefined): this {
    return value === null || value === undefined ? this.int16(-1) : this.string(value);
  }

  /** Of the flexible encoding. */
  compactNullableString(value: string | null): this {
    if (value === null) return this.unsignedVarint(0);
    const bytes = Buffer.from(value);
    return this.unsignedVarint(bytes.length + 1).raw(bytes);
  }

  unsignedVarint(value: number): this {
    let rest = value;
    for (; rest > 0x7f; rest >>>= 7) this.int8((rest & 0x7f) | 0x80);
    return this.int8(rest);
  }

  nullableBytes(value: Uint8Array | null): this {
    return value === null ? this.int32(-1) : this.int32(value.length).raw(value);
  }

  raw(value: Uint8Array): this {
    this.reserve(value.length);
    this.bytes.set(value, this.length);
    this.length += value.length;
    return this;
  }

  array<T>(items: readonly T[], write: (writer: this, item: T) => void): this {
    this.int32(items.length);
    for (const item of items) write(this, item);
    return this;
  }

  /** A view of what was written so far. */
  result(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  private reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
  }
}
