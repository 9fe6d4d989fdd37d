import { connect, type Socket } from 'node:net';

/** Clients that do what they should not, until they are told to go. */
export class TroublesomeClients {
  private readonly sockets: Socket[] = [];
  private readonly drips: NodeJS.Timeout[] = [];
  private readonly at: { readonly port: number; readonly host: string };

  constructor(baseUrl: string) {
    const { hostname: host, port } = new URL(baseUrl);
    this.at = { host, port: Number(port) };
  }

  /** Begin a request and never end its headers. */
  halfRequests(count: number): void {
    this.each(count, (socket) => socket.write('GET /connectors HTTP/1.1\r\nHost: h\r\nX-Half: '));
  }

  /** Send a body of which a byte comes now and then. */
  slowBodies(count: number): void {
    const head =
      'PUT /connectors/slow/config HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n';
    this.each(count, (socket) => {
      socket.write(`${head}{"a":"`);
      this.drips.push(setInterval(() => socket.write('x'), 100));
    });
  }

  /** Ask again and again, and never take an answer. */
  deafOnes(count: number): void {
    const asked = 'GET /connectors?expand=info&expand=status HTTP/1.1\r\nHost: h\r\n\r\n'.repeat(1000);
    this.each(count, (socket) => {
      socket.pause();
      socket.write(asked);
    });
  }

  /** Are answered once, and stay connected. */
  idleOnes(count: number): void {
    this.each(count, (socket) => {
      socket.resume();
      socket.write('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
    });
  }

  leave(): void {
    for (const drip of this.drips) clearInterval(drip);
    for (const socket of this.sockets) socket.destroy();
  }

  private each(count: number, act: (socket: Socket) => void): void {
    for (let n = 0; n < count; n++) {
      const socket = connect(this.at);
      socket.on('error', () => undefined);
      this.sockets.push(socket);
      act(socket);
    }
  }
}
