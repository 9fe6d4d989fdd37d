/** A request of the Kafka protocol, without its header. */
export interface KafkaRequest<T> {
  readonly apiKey: number;
  readonly apiVersion: number;
  /** The request's name, for messages. */
  readonly name: string;
  /** True for a version in the flexible encoding; the tagged fields of the headers are taken care of. */
  readonly flexible?: boolean;
  /** The body. Several buffers are written one after the other and not copied: leave them alone until the answer is there. */
  encode(): Buffer | readonly Buffer[];
  /** Reads the answer's body. Views into it stay valid. */
  decode(body: Buffer): T;
  /** False where the broker does not answer (Produce with acks=0): resolves once written, `decode` gets an empty buffer. */
  readonly expectResponse?: boolean;
  /** How long the broker may hold the request back on purpose, in ms, on top of `request.timeout.ms`. */
  readonly waitMs?: number;
}

/** Requests on one connection are answered in order, so those that wait at the broker have a connection of their own. */
export type Lane = 'main' | 'fetch' | 'group';

/** A node id, or whichever node can be reached. */
export type Target = number | 'any';

/** The first bytes of a request: size, API key and version, correlation id, client id, tagged fields if flexible. */
export function requestHeader(
  request: KafkaRequest<unknown>,
  correlationId: number,
  clientId: string,
  bodySize: number,
): Buffer {
  const idSize = Buffer.byteLength(clientId);
  const size = 14 + idSize + (request.flexible === true ? 1 : 0);
  const header = Buffer.alloc(size);
  header.writeInt32BE(size - 4 + bodySize, 0);
  header.writeInt16BE(request.apiKey, 4);
  header.writeInt16BE(request.apiVersion, 6);
  header.writeInt32BE(correlationId, 8);
  header.writeInt16BE(idSize, 12);
  header.write(clientId, 14, 'utf8');
  return header;
}
