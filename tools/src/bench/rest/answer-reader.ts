const HEAD_END = '\r\n\r\n';
/** The last chunk of a body without a length; JSON on one line cannot hold it. */
const LAST_CHUNK = '\r\n0\r\n\r\n';

/**
 * Finds where the answers of a keep-alive connection end, with as little work as possible: what the load generator uses
 * of the machine, the servers that it measures miss.
 */
export class AnswerReader {
  /** of the last answer; 0 before the first */
  status = 0;
  /** of a head that is not complete */
  private head: Buffer | undefined;
  /** bytes of the body that are still to come; undefined where its end is marked instead */
  private missing: number | undefined;
  private inBody = false;
  private tail = '';

  /** Whether the answer is complete with this. Only one request may be under way. */
  feed(chunk: Buffer): boolean {
    const body = this.inBody ? chunk : this.readHead(chunk);
    if (body === undefined) return false;
    if (this.missing === undefined) {
      this.tail = (this.tail + body.toString('latin1', Math.max(0, body.length - LAST_CHUNK.length))).slice(
        -LAST_CHUNK.length,
      );
      // An empty body is its last chunk alone.
      return this.ends(this.tail === LAST_CHUNK || this.tail === LAST_CHUNK.slice(2));
    }
    this.missing -= body.length;
    return this.ends(this.missing <= 0);
  }

  /** The start of the body, or undefined where the head is not complete yet. */
  private readHead(chunk: Buffer): Buffer | undefined {
    const bytes = this.head === undefined ? chunk : Buffer.concat([this.head, chunk]);
    const end = bytes.indexOf(HEAD_END);
    if (end < 0) {
      this.head = bytes;
      return undefined;
    }
    const head = bytes.toString('latin1', 0, end);
    this.status = Number(head.slice(9, 12));
    const length = /content-length: *(\d+)/i.exec(head)?.[1];
    this.missing = length === undefined ? undefined : Number(length);
    this.inBody = true;
    return bytes.subarray(end + HEAD_END.length);
  }

  private ends(complete: boolean): boolean {
    if (complete) {
      this.head = undefined;
      this.tail = '';
      this.inBody = false;
    }
    return complete;
  }
}
