import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { HostPort } from '../connection/connection-settings.js';

/** Where a request names its API: after its size. Small requests come in a piece of their own. */
const API_KEY_AT = 4;

interface Fault {
  readonly what: 'request' | 'answer';
  readonly apiKey: number;
  readonly thenRefuse: boolean;
}

/**
 * A TCP relay in front of a broker, for specs. Clients stay behind it because the broker's address in its answers, which
 * follows the host name as an int32, is replaced by the relay's.
 */
export class TcpProxy {
  private readonly sockets = new Set<Socket>();
  private fault: Fault | undefined;
  /** the answer that comes next is the one to lose */
  private losing = false;
  private refusing = false;
  private refusingNext = false;
  /** how often connections were cut */
  cuts = 0;

  private constructor(
    private readonly server: Server,
    private readonly target: HostPort,
  ) {
    server.on('connection', (client) => this.relay(client));
  }

  static async start(bootstrapServers: string): Promise<TcpProxy> {
    const [host = '', port = ''] = bootstrapServers.split(':');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new TcpProxy(server, { host, port: Number(port) });
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get bootstrapServers(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Cuts all connections now, and refuses new ones until `accept`. */
  refuse(): void {
    this.refusing = true;
    this.cut();
  }

  accept(): void {
    this.refusing = false;
  }

  cut(): void {
    this.cuts++;
    for (const socket of this.sockets) socket.destroy();
  }

  /** The next answer is lost together with the connection: the broker has done what was asked, the client cannot know. */
  loseNextAnswer(): void {
    this.losing = true;
  }

  /** Loses the next request of an API, or its answer, together with the connection. Only then, `refuse` if so wished. */
  loseNext(what: 'request' | 'answer', apiKey: number, thenRefuse = false): void {
    this.fault = { what, apiKey, thenRefuse };
  }

  /** True once what `loseNext` asked for has happened. */
  get lost(): boolean {
    return this.fault === undefined && !this.losing;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private relay(client: Socket): void {
    if (this.refusing) {
      client.destroy();
      return;
    }
    const broker = connect(this.target.port, this.target.host);
    for (const socket of [client, broker]) {
      socket.setNoDelay(true);
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.sockets.delete(socket);
        client.destroy();
        broker.destroy();
      });
    }
    client.on('data', (bytes) => {
      const { fault } = this;
      if (fault !== undefined && bytes.length > API_KEY_AT + 2 && bytes.readInt16BE(API_KEY_AT) === fault.apiKey) {
        this.fault = undefined;
        this.refusingNext = fault.thenRefuse;
        if (fault.what === 'request') {
          this.lose();
          return;
        }
        this.losing = true;
      }
      broker.write(bytes);
    });
    broker.on('data', (bytes) => {
      if (this.losing) {
        this.losing = false;
        this.lose();
        return;
      }
      this.redirect(bytes);
      client.write(bytes);
    });
  }

  private lose(): void {
    if (this.refusingNext) this.refusing = true;
    this.refusingNext = false;
    this.cut();
  }

  private redirect(bytes: Buffer): void {
    const host = Buffer.from(this.target.host);
    for (let at = bytes.indexOf(host); at >= 0; at = bytes.indexOf(host, at + 1)) {
      const portAt = at + host.length;
      if (portAt + 4 > bytes.length || bytes.readInt32BE(portAt) !== this.target.port) continue;
      bytes.writeInt32BE(this.port, portAt);
    }
  }
}
