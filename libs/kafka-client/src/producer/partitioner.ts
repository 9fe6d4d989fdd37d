import type { Bytes } from '@tributary/connect-api';
import { murmur2 } from './murmur2.js';

/** How many bytes of records without a key go to one partition before the next one's turn. */
const STICKY_BYTES = 16_384;

/**
 * Chooses the partition of records that name none: by the key's Murmur2 hash as the Java client does, or one partition
 * for a while and then the next, so that batches fill.
 */
export class Partitioner {
  private scratch = Buffer.allocUnsafe(256);
  private current = Math.floor(Math.random() * 0x1000_0000);
  private stuckBytes = 0;

  constructor(
    private readonly ignoreKeys: boolean,
    private readonly roundRobin: boolean,
  ) {}

  choose(key: Bytes, value: Bytes, partitionCount: number): number {
    if (partitionCount === 1) return 0;
    if (key !== null && !this.ignoreKeys && !this.roundRobin) return (this.hash(key) & 0x7fff_ffff) % partitionCount;
    this.stuckBytes += (value?.length ?? 0) + (key?.length ?? 0);
    if (this.roundRobin || this.stuckBytes > STICKY_BYTES) {
      this.stuckBytes = 0;
      this.current = (this.current + 1) & 0x7fff_ffff;
    }
    return this.current % partitionCount;
  }

  private hash(key: string | Uint8Array): number {
    if (typeof key !== 'string') return murmur2(key);
    if (this.scratch.length < key.length * 3) this.scratch = Buffer.allocUnsafe(key.length * 3);
    return murmur2(this.scratch, this.scratch.write(key, 0));
  }
}
