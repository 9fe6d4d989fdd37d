import * as zlib from 'node:zlib';
import { decompressFrameSync } from 'lz4-napi';
import { uncompressSync } from 'snappy';
import { KafkaError } from '../errors.js';

/** The names of the codecs, by the number in a batch's attributes. */
const codecs = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;

/** How the Java client's snappy stream begins: this magic, then two version numbers, then blocks with their length before them. */
const XERIAL_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0]);
const XERIAL_HEADER_BYTES = 16;

/** Decompresses the records of one batch. `where` names topic, partition and offset for errors. */
export function decompress(codec: number, bytes: Buffer, where: string): Buffer {
  const name = codecs[codec];
  try {
    switch (name) {
      case 'none':
        return bytes;
      case 'gzip':
        return zlib.gunzipSync(bytes);
      case 'snappy':
        return unsnappy(bytes);
      case 'lz4':
        return decompressFrameSync(bytes);
      case 'zstd':
        return zstd(bytes, where);
      default:
        throw unsupported(
          `reading ${where}: the batch is compressed with codec ${codec}, known are ${codecs.join(', ')}`,
        );
    }
  } catch (error) {
    if (error instanceof KafkaError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new KafkaError(`reading ${where}: its ${name} data cannot be decompressed: ${reason}`, {
      retriable: false,
      kafkaCode: 'CORRUPT_MESSAGE',
      referenceClass: 'org.apache.kafka.common.errors.CorruptRecordException',
      cause: error,
    });
  }
}

/** Xerial's framing as the Java client writes it, or one bare block as librdkafka does. */
function unsnappy(bytes: Buffer): Buffer {
  if (bytes.length < XERIAL_HEADER_BYTES || !bytes.subarray(0, XERIAL_MAGIC.length).equals(XERIAL_MAGIC)) {
    return unsnappyBlock(bytes);
  }
  const blocks: Buffer[] = [];
  for (let at = XERIAL_HEADER_BYTES; at < bytes.length;) {
    const size = bytes.readInt32BE(at);
    if (size < 0 || at + 4 + size > bytes.length) {
      throw new RangeError(`block of ${size} bytes at ${at} of ${bytes.length}`);
    }
    blocks.push(unsnappyBlock(bytes.subarray(at + 4, at + 4 + size)));
    at += 4 + size;
  }
  return blocks.length === 1 && blocks[0] !== undefined ? blocks[0] : Buffer.concat(blocks);
}

function unsnappyBlock(block: Buffer): Buffer {
  const plain = uncompressSync(block, { asBuffer: true });
  return typeof plain === 'string' ? Buffer.from(plain) : plain;
}

/** Node knows zstd from 22.15 on; it is looked up here so that older versions go on without it. */
function zstd(bytes: Buffer, where: string): Buffer {
  const decompressor: unknown = Reflect.get(zlib, 'zstdDecompressSync');
  if (typeof decompressor !== 'function') {
    throw unsupported(
      `reading ${where}: the batch is compressed with zstd, which needs Node.js 22.15 or later (this is ${process.version})`,
    );
  }
  const plain: unknown = decompressor(bytes);
  if (!Buffer.isBuffer(plain)) throw new TypeError('zstdDecompressSync did not return a Buffer');
  return plain;
}

function unsupported(message: string): KafkaError {
  return new KafkaError(message, {
    retriable: false,
    kafkaCode: 'UNSUPPORTED_COMPRESSION_TYPE',
    referenceClass: 'org.apache.kafka.common.errors.UnsupportedCompressionTypeException',
  });
}
