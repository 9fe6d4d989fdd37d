import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * A proxy before a broker on loopback that can be cut and mended. The broker's own address inside its answers is replaced
 * by the proxy's, so that clients do not go round it.
 */
export class KafkaProxy {
  private readonly sockets = new Set<Socket>();
  private mode: 'open' | 'refusing' | 'silent' = 'open';

  private constructor(
    private readonly server: Server,
    private readonly port: number,
    private readonly target: { host: string; port: number },
  ) {}

  static async start(bootstrap: string): Promise<KafkaProxy> {
    const [host = '', port = ''] = bootstrap.split(':');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const proxy = new KafkaProxy(server, (server.address() as AddressInfo).port, { host, port: Number(port) });
    server.on('connection', (client) => proxy.accept(client));
    return proxy;
  }

  get bootstrapServers(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Ends all connections and takes no new ones. */
  cut(): void {
    this.mode = 'refusing';
    this.dropAll();
  }

  /** Keeps connections open and lets nothing through, as a network that loses packets. */
  silence(): void {
    this.mode = 'silent';
  }

  /** Lets new connections through; those that were silenced are ended. */
  mend(): void {
    this.mode = 'open';
    this.dropAll();
  }

  /** Ends all connections; new ones are taken. */
  dropAll(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.dropAll();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(client: Socket): void {
    if (this.mode === 'refusing') {
      client.destroy();
      return;
    }
    const broker = connect(this.target);
    this.join(client, broker, (data) => data);
    this.join(broker, client, (data) => this.redirect(data));
  }

  private join(from: Socket, to: Socket, change: (data: Buffer) => Buffer): void {
    this.sockets.add(from);
    from.setNoDelay(true);
    from.on('data', (data) => {
      if (this.mode !== 'silent') to.write(change(data));
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      this.sockets.delete(from);
      to.destroy();
    });
  }

  /** An address is a string with its length before it, then the port as int32. */
  private redirect(data: Buffer): Buffer {
    const own = address(this.target.host, this.target.port);
    for (let at = data.indexOf(own); at >= 0; at = data.indexOf(own, at + own.length)) {
      address(this.target.host, this.port).copy(data, at);
    }
    return data;
  }
}

function address(host: string, port: number): Buffer {
  const bytes = Buffer.alloc(2 + host.length + 4);
  bytes.writeInt16BE(host.length, 0);
  bytes.write(host, 2, 'latin1');
  bytes.writeInt32BE(port, 2 + host.length);
  return bytes;
}
