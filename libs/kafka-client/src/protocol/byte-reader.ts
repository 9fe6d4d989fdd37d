/** Reads the non-flexible encoding of the Kafka protocol. Throws a RangeError at the end of the bytes. */
export class ByteReader {
  position = 0;

  constructor(readonly bytes: Buffer) {}

  get remaining(): number {
    return this.bytes.length - this.position;
  }

  int8(): number {
    return this.bytes.readInt8(this.advance(1));
  }

  boolean(): boolean {
    return this.int8() !== 0;
  }

  int16(): number {
    return this.bytes.readInt16BE(this.advance(2));
  }

  int32(): number {
    return this.bytes.readInt32BE(this.advance(4));
  }

  /** As a number: exact within ±2^53, which every offset and timestamp is. */
  int64(): number {
    const start = this.advance(8);
    return this.bytes.readInt32BE(start) * 0x1_0000_0000 + this.bytes.readUInt32BE(start + 4);
  }

  bigint64(): bigint {
    return this.bytes.readBigInt64BE(this.advance(8));
  }

  string(): string {
    return this.nullableString() ?? '';
  }

  nullableString(): string | null {
    const size = this.int16();
    if (size < 0) return null;
    const start = this.advance(size);
    return this.bytes.toString('utf8', start, start + size);
  }

  /** A view, not a copy. */
  nullableBytes(): Buffer | null {
    const size = this.int32();
    if (size < 0) return null;
    const start = this.advance(size);
    return this.bytes.subarray(start, start + size);
  }

  array<T>(read: (reader: this) => T): T[] {
    const count = this.int32();
    const items: T[] = [];
    for (let index = 0; index < count; index++) items.push(read(this));
    return items;
  }

  private advance(count: number): number {
    const start = this.position;
    if (start + count > this.bytes.length) {
      throw new RangeError(`${count} bytes wanted at ${start} of a message of ${this.bytes.length}`);
    }
    this.position = start + count;
    return start;
  }
}
