import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A man in the middle: others know a service by his address, and he hands on to it what he likes. */
export class Relay {
  /** what came from clients, as it came */
  readonly overheard: Buffer[] = [];
  /** what is handed on in its place */
  alter: (sent: Buffer) => Buffer = (sent) => sent;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** `servicePort`: asked for at each connection. */
  static async start(servicePort: () => number): Promise<Relay> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const relay = new Relay(server, (server.address() as AddressInfo).port);
    server.on('connection', (client) => relay.join(client, connect(servicePort(), '127.0.0.1')));
    return relay;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Ends all connections. */
  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private join(client: Socket, service: Socket): void {
    for (const [socket, other] of [
      [client, service],
      [service, client],
    ] as const) {
      this.sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
    }
    client.on('data', (sent: Buffer) => {
      this.overheard.push(sent);
      service.write(this.alter(sent));
    });
    service.pipe(client);
  }
}

/** The answer to these bytes, as it comes: with headers, up to the end of a JSON object. */
export async function exchange(port: number, bytes: Buffer | string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  let answer = '';
  for await (const chunk of socket) {
    answer += String(chunk);
    if (/\r\n\r\n.*\}$/s.test(answer)) break;
  }
  socket.destroy();
  return answer;
}
