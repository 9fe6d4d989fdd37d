import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { ConfigError } from '@tributary/connect-api';
import { compressFrame } from 'lz4-napi';
import { compress as snappyCompress } from 'snappy';
import type { PropertyReader } from '../properties/property-reader.js';
import type { CompressedRecords } from './encode-batch.js';

/** Compresses the records of a batch off the calling thread. */
export type Compressor = (records: Buffer) => Promise<CompressedRecords>;

const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;
const gzip = promisify(zlib.gzip);

/** The compressor that `compression.type` asks for; undefined for `none`. */
export function compressorOf(reader: PropertyReader): Compressor | undefined {
  const codec = reader.oneOf('compression.type', CODECS, 'none');
  switch (codec) {
    case 'none':
      return undefined;
    case 'gzip': {
      const level = reader.integer('compression.gzip.level', zlib.constants.Z_DEFAULT_COMPRESSION, -1);
      return async (records) => ({ codec: 1, bytes: await gzip(records, { level: Math.min(level, 9) }) });
    }
    case 'snappy':
      return async (records) => ({ codec: 2, bytes: await xerialSnappy(records) });
    case 'lz4':
      return async (records) => ({ codec: 3, bytes: await compressFrame(records) });
    case 'zstd':
      return zstdCompressor(reader.integer('compression.zstd.level', 3, -131_072));
  }
}

/**
 * The framing of Java's SnappyOutputStream, which every Kafka client reads: magic, version 1, compatible with 1, then
 * blocks of raw snappy, each after its length as int32.
 */
const XERIAL_HEADER = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
const XERIAL_BLOCK = 32 * 1024;

async function xerialSnappy(records: Buffer): Promise<Buffer> {
  const blocks: Promise<Buffer>[] = [];
  for (let at = 0; at < records.length; at += XERIAL_BLOCK) {
    blocks.push(snappyCompress(records.subarray(at, at + XERIAL_BLOCK)));
  }
  const parts: Buffer[] = [XERIAL_HEADER];
  for (const block of await Promise.all(blocks)) {
    const size = Buffer.allocUnsafe(4);
    size.writeInt32BE(block.length, 0);
    parts.push(size, block);
  }
  return Buffer.concat(parts);
}

interface Zstd {
  readonly compress: (data: Buffer, options: object, done: (error: Error | null, result: Buffer) => void) => void;
  readonly levelParameter: number;
}

/** Node has zstd from 22.15 on. */
function zstdOfNode(): Zstd | undefined {
  const compress: unknown = Reflect.get(zlib, 'zstdCompress');
  const levelParameter: unknown = Reflect.get(zlib.constants, 'ZSTD_c_compressionLevel');
  if (typeof compress !== 'function' || typeof levelParameter !== 'number') return undefined;
  return { compress: compress as Zstd['compress'], levelParameter };
}

function zstdCompressor(level: number): Compressor {
  const zstd = zstdOfNode();
  if (zstd === undefined) {
    throw new ConfigError(
      `Invalid value zstd for configuration compression.type: needs Node.js 22.15 or newer, this is ${process.version}; ` +
        'String must be one of: none, gzip, snappy, lz4',
    );
  }
  const options = { params: { [zstd.levelParameter]: level } };
  return (records) =>
    new Promise((resolve, reject) => {
      zstd.compress(records, options, (error, bytes) => {
        if (error === null) resolve({ codec: 4, bytes });
        else reject(error);
      });
    });
}
