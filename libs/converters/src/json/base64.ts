const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Bytes from base64 with padding; blanks between are ignored. Throws a SyntaxError for anything else. */
export function base64(text: string): Buffer {
  const compact = text.replace(/[\0- ]+/g, '');
  if (!BASE64.test(compact)) throw new SyntaxError('Text is not base64 with padding');
  return Buffer.from(compact, 'base64');
}
