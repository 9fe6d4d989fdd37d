import { javaUtf8Text, textOfJavaUtf8, type Bytes } from '@tributary/connect-api';
import { SerializationError } from './serialization-error.js';
import { SINGLE_BYTE_CHARSETS } from './single-byte-charsets.js';

/** Text to bytes and back. What a charset cannot write becomes `?`, bytes that it cannot read U+FFFD, as in Java. */
export interface Charset {
  encode(text: string): Bytes;
  decode(bytes: Buffer): string;
}

export const UTF_8: Charset = {
  encode: javaUtf8Text,
  decode: textOfJavaUtf8,
};

const LATIN_1: Charset = {
  encode: (text) => Buffer.from(text.replace(/[^\0-\xff]/gu, '?'), 'latin1'),
  decode: (bytes) => bytes.toString('latin1'),
};

const ASCII: Charset = {
  encode: (text) => Buffer.from(text.replace(/[^\0-\x7f]/gu, '?'), 'latin1'),
  decode: (bytes) => bytes.toString('latin1').replace(/[^\0-\x7f]/g, '\ufffd'),
};

const UTF_16_LE: Charset = {
  encode: (text) => Buffer.from(text.toWellFormed(), 'utf16le'),
  decode: (bytes) => readable(bytes.toString('utf16le'), bytes.length),
};

const UTF_16_BE: Charset = {
  encode: (text) => Buffer.from(text.toWellFormed(), 'utf16le').swap16(),
  decode: (bytes) =>
    readable(
      Buffer.from(bytes.subarray(0, bytes.length & ~1))
        .swap16()
        .toString('utf16le'),
      bytes.length,
    ),
};

/** As Java reads it: half a byte pair is U+FFFD, and so is half a character, together with what stands in place of the other half. */
function readable(text: string, length: number): string {
  const all = length % 2 === 1 ? `${text}\ufffd` : text;
  return all.replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udbff][^]?|[\udc00-\udfff]/g, (units) =>
    /^.[\udc00-\udfff]$/.test(units) ? units : '\ufffd',
  );
}

/** Written with a byte order mark, big-endian; read as its mark says. */
const UTF_16: Charset = {
  encode: (text) => (text === '' ? '' : Buffer.from(`\ufeff${text.toWellFormed()}`, 'utf16le').swap16()),
  decode(bytes) {
    const mark = bytes.length < 2 ? 0 : bytes.readUInt16BE();
    if (mark === 0xfffe) return UTF_16_LE.decode(bytes.subarray(2));
    return UTF_16_BE.decode(mark === 0xfeff ? bytes.subarray(2) : bytes);
  },
};

const CHARSETS = new Map<string, Charset>([
  ['UTF-8', UTF_8],
  ['UTF8', UTF_8],
  ['ISO-8859-1', LATIN_1],
  ['ISO8859_1', LATIN_1],
  ['LATIN1', LATIN_1],
  ['US-ASCII', ASCII],
  ['ASCII', ASCII],
  ['UTF-16', UTF_16],
  ['UTF-16BE', UTF_16_BE],
  ['UTF-16LE', UTF_16_LE],
  ...SINGLE_BYTE_CHARSETS,
]);

/** The charset that Java knows by that name, in any case; throws a {@link SerializationError} for one that is not known here. */
export function charset(name: string): Charset {
  const found = CHARSETS.get(name.toUpperCase());
  if (found !== undefined) return found;
  const known = [...CHARSETS.keys()].join(', ');
  const cause = new Error(`Encoding must be one of: ${known}`);
  throw new SerializationError(`Unsupported encoding ${name}`, { cause });
}
