const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const SPACED = /^(?:[\0- ]*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==))*[\0- ]*$/;

/**
 * Bytes from base64 with padding. Blanks may stand between groups of four, and several texts with padding may follow each
 * other. Throws a SyntaxError for anything else.
 */
export function base64(text: string): Buffer {
  if (BASE64.test(text)) return Buffer.from(text, 'base64');
  if (!SPACED.test(text)) throw new SyntaxError('Text is not base64 with padding');
  const groups = text.replace(/[\0- ]+/g, '').match(/.{4}/g) ?? [];
  return Buffer.concat(groups.map((group) => Buffer.from(group, 'base64')));
}
