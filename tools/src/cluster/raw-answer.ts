/** An answer as it came. */
export interface Exchanged {
  readonly status: number;
  /** names in lower case; values of repeated ones joined by `, ` */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}

const HEAD_END = '\r\n\r\n';

/**
 * Reads an HTTP answer from the bytes that have come so far; undefined where some are missing. `ended`: no more will come,
 * which ends a body that says nothing of its length. Throws for what is no HTTP answer.
 */
export function readAnswer(bytes: Buffer, method: string, ended: boolean): Exchanged | undefined {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return undefined;
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1]);
  if (Number.isNaN(status)) throw new Error(`the answer begins with ${JSON.stringify(first.slice(0, 80))}`);
  const rest = bytes.subarray(end + HEAD_END.length);
  if (status < 200) return readAnswer(rest, method, ended);
  const headers = headersFrom(lines);
  const body = method === 'HEAD' || status === 204 || status === 304 ? Buffer.alloc(0) : bodyFrom(rest, headers, ended);
  return body === undefined ? undefined : { status, headers, text: body.toString('utf8') };
}

function headersFrom(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return headers;
}

function bodyFrom(bytes: Buffer, headers: Readonly<Record<string, string>>, ended: boolean): Buffer | undefined {
  if (headers['transfer-encoding'] === 'chunked') return chunksFrom(bytes);
  const { 'content-length': length } = headers;
  if (length === undefined) return ended ? bytes : undefined;
  return bytes.length < Number(length) ? undefined : bytes.subarray(0, Number(length));
}

function chunksFrom(bytes: Buffer): Buffer | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString('latin1'), 16);
    if (size === 0) return Buffer.concat(chunks);
    const from = lineEnd + 2;
    if (bytes.length < from + size + 2) return undefined;
    chunks.push(bytes.subarray(from, from + size));
    at = from + size + 2;
  }
}
