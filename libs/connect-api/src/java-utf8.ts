/*
 * UTF-8 as Java writes and reads it, which differs from JavaScript for halves of characters.
 */

const HALVES = /\p{Surrogate}/gu;
/** Bytes of a half, also of one that is cut off. */
const HALF_BYTES = /\xed[\xa0-\xbf][\x80-\xbf]?/g;

/** Text that can be written as UTF-8: halves of characters become `?`. */
export function javaUtf8Text(text: string): string {
  return text.isWellFormed() ? text : text.replace(HALVES, '?');
}

/** The text of UTF-8 bytes. What is none becomes U+FFFD, once for each half of a character. */
export function textOfJavaUtf8(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  if (!text.includes('\ufffd')) return text;
  const withoutHalves = bytes.toString('latin1').replace(HALF_BYTES, '\xef\xbf\xbd');
  return Buffer.from(withoutHalves, 'latin1').toString('utf8');
}
