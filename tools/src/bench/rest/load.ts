import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { AnswerReader } from './answer-reader.js';

export interface LoadOptions {
  /** base URLs; connections are spread over them */
  readonly urls: readonly string[];
  /** path with query of the GET request */
  readonly path: string;
  /** each has one request under way */
  readonly connections: number;
  readonly durationMs: number;
}

export interface LoadFindings {
  readonly requestsPerSecond: number;
  /** of each request, milliseconds */
  readonly latenciesMs: readonly number[];
  /** share of one core that the generator itself has used */
  readonly ownCpu: number;
}

/** Sends a GET request again and again on keep-alive connections; throws where an answer is not 200. */
export async function load({ urls, path, connections, durationMs }: LoadOptions): Promise<LoadFindings> {
  const users = Array.from({ length: connections }, (_, n) => new User(new URL(path, urls[n % urls.length])));
  await Promise.all(users.map((user) => user.open()));
  const cpuBefore = process.cpuUsage();
  const from = performance.now();
  const latencies = await Promise.all(users.map((user) => user.run(from + durationMs)));
  const seconds = (performance.now() - from) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  for (const user of users) user.close();
  const latenciesMs = latencies.flat();
  return {
    requestsPerSecond: latenciesMs.length / seconds,
    latenciesMs,
    ownCpu: (cpu.user + cpu.system) / 1e6 / seconds,
  };
}

/** One connection. */
class User {
  private readonly socket: Socket;
  private readonly request: Buffer;
  private readonly answer = new AnswerReader();

  constructor(private readonly url: URL) {
    this.request = Buffer.from(
      `GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nAccept: application/json\r\n\r\n`,
    );
    this.socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
  }

  async open(): Promise<void> {
    await once(this.socket, 'connect');
  }

  /** The latencies of all requests that were answered until `end`, milliseconds. */
  run(end: number): Promise<number[]> {
    const latencies: number[] = [];
    return new Promise((resolve, reject) => {
      let sentAt = 0;
      const send = () => {
        sentAt = performance.now();
        this.socket.write(this.request);
      };
      this.socket.on('data', (chunk: Buffer) => {
        if (!this.answer.feed(chunk)) return;
        if (this.answer.status !== 200) {
          reject(new Error(`GET ${this.url.href} was answered with ${this.answer.status}`));
          return;
        }
        const now = performance.now();
        latencies.push(now - sentAt);
        if (now < end) send();
        else resolve(latencies);
      });
      this.socket.once('error', reject);
      this.socket.once('close', () => reject(new Error(`${this.url.host} has ended a connection`)));
      send();
    });
  }

  close(): void {
    this.socket.destroy();
  }
}
