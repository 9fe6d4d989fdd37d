import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import Broker from 'kafkajs/src/broker/index.js';
import ConnectionPool, { type Connection } from 'kafkajs/src/network/connectionPool.js';
import { KafkaError } from '../errors.js';
import { connectError } from './connect-error.js';
import type { ConnectionSettings, HostPort } from './connection-settings.js';
import { kafkaJsLogger } from './kafkajs-log.js';
import { requestHeader, type KafkaRequest } from './request.js';
import { lookOnlyWhileRequestsWait } from './request-queue.js';

type Versions = Readonly<Record<number, { minVersion: number; maxVersion: number }>>;

/**
 * One connection to one broker: kafkajs's, with its handshake and SASL, and its queue of requests that wait for an
 * answer. Lives until it is lost or closed and is never connected again: a new link asks the broker anew what it can do.
 *
 * A request that is not answered in time closes the link, because answers come in order and all later ones are late too.
 */
export class BrokerLink {
  private constructor(
    readonly address: string,
    private readonly settings: ConnectionSettings,
    private readonly connection: Connection,
    readonly versions: Versions,
  ) {}

  static async open(target: HostPort, settings: ConnectionSettings): Promise<BrokerLink> {
    const address = `${target.host}:${target.port}`;
    const sockets: Socket[] = [];
    const pool = new ConnectionPool({
      ...target,
      logger: kafkaJsLogger,
      clientId: settings.clientId,
      socketFactory: ({ host, port, ssl, onConnect }) => {
        const socket = openSocket(host, port, ssl, onConnect);
        if (settings.maxIdleMs > 0) socket.setTimeout(settings.maxIdleMs);
        sockets.push(socket);
        return socket;
      },
      ssl: settings.tls,
      sasl: settings.sasl,
      connectionTimeout: settings.connectTimeoutMs,
      requestTimeout: settings.requestTimeoutMs,
      enforceRequestTimeout: false,
      maxInFlightRequests: null,
    });
    for (const connection of pool.pool) lookOnlyWhileRequestsWait(connection.requestQueue);
    const broker = new Broker({ connectionPool: pool, logger: kafkaJsLogger });
    try {
      const deadline = settings.connectTimeoutMs + settings.requestTimeoutMs;
      await withDeadline(broker.connect(), deadline, () =>
        KafkaError.timeout(`connecting to ${address}: no answer within ${deadline} ms`),
      );
      const connection = await pool.getConnection(0);
      return new BrokerLink(address, settings, connection, broker.versions ?? {});
    } catch (cause) {
      for (const connection of pool.pool) connection.rejectRequests(new Error('connecting was given up'));
      for (const socket of sockets) socket.destroy();
      throw connectError(address, settings, cause);
    }
  }

  get open(): boolean {
    return this.connection.isConnected() && this.connection.socket?.destroyed === false;
  }

  async send<T>(request: KafkaRequest<T>): Promise<T> {
    if (this.settings.sasl !== null && !this.connection.isAuthenticated()) await this.authenticate();
    const body = await this.exchange(request);
    try {
      // The answer's header ends with its tagged fields, of which there are none yet: one zero byte.
      return request.decode(request.flexible === true ? body.subarray(1) : body);
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      throw new KafkaError(`${this.describe(request)}: the answer cannot be read: ${cause.message}`, {
        retriable: false,
        cause,
      });
    }
  }

  /** Ends the connection at once; requests that wait are rejected with `reason`. */
  close(reason: string): void {
    this.connection.rejectRequests(new Error(reason));
    // Its promise waits for requests, and there are none left.
    void this.connection.disconnect();
    this.connection.socket?.destroy();
  }

  private async authenticate(): Promise<void> {
    try {
      await this.connection.authenticate();
    } catch (cause) {
      this.close('authentication refused');
      throw connectError(this.address, this.settings, cause);
    }
  }

  private exchange(request: KafkaRequest<unknown>): Promise<Buffer> {
    const body = request.encode();
    const parts = Buffer.isBuffer(body) ? [body] : body;
    const correlationId = this.connection.nextCorrelationId();
    const size = parts.reduce((sum, part) => sum + part.length, 0);
    const header = requestHeader(request, correlationId, this.connection.clientId, size);
    return new Promise<Buffer>((resolve, reject) => {
      if (!this.open) {
        reject(KafkaError.disconnected(`${this.describe(request)}: not connected`));
        return;
      }
      const limit = this.settings.requestTimeoutMs + (request.waitMs ?? 0);
      let timedOut = false;
      const timer = setTimeout(() => {
        timedOut = true;
        this.close(`no answer within ${limit} ms`);
      }, limit);
      this.connection.requestQueue.push({
        entry: {
          apiKey: request.apiKey,
          apiName: request.name,
          apiVersion: request.apiVersion,
          correlationId,
          resolve: ({ payload }) => {
            clearTimeout(timer);
            resolve(payload ?? Buffer.alloc(0));
          },
          reject: (cause) => {
            clearTimeout(timer);
            const message = `${this.describe(request)}: ${cause.message}`;
            reject(timedOut ? KafkaError.timeout(message, cause) : KafkaError.disconnected(message, cause));
          },
        },
        expectResponse: request.expectResponse !== false,
        requestTimeout: null,
        sendRequest: () => this.write(header, parts),
      });
    });
  }

  private write(header: Buffer, parts: readonly Buffer[]): void {
    const socket = this.connection.socket;
    socket?.cork();
    socket?.write(header);
    for (const part of parts) socket?.write(part);
    socket?.uncork();
  }

  private describe(request: KafkaRequest<unknown>): string {
    return `${request.name} request to ${this.address}`;
  }
}

function openSocket(host: string, port: number, tls: ConnectionOptions | null, onConnect: () => void): Socket {
  const socket =
    tls === null
      ? connectTcp({ host, port }, onConnect)
      : connectTls({ host, port, ...(isIP(host) === 0 ? { servername: host } : {}), ...tls }, onConnect);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 60_000);
  return socket;
}

async function withDeadline<T>(work: Promise<T>, limitMs: number, error: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(error()), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
