import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { SslProperties } from '@tributary/tls';
import { SERVER_LIMITS, type ServerLimits } from '../http/limits.js';
import { ServiceApp } from '../http/service-app.js';
import { ListenerTls } from '../tls/listener-tls.js';
import { thingsModule } from './things.module.js';

const run = promisify(execFile);

/** How often changed files are looked for, milliseconds: tests do not wait as long as operators. */
export const LOOK_MS = 20;

/** A service that listens on localhost with the TLS of these properties, and what outside clients see of it. */
export class HttpsServer {
  private constructor(
    private readonly app: ServiceApp,
    readonly port: number,
  ) {}

  static async start(
    properties: Readonly<Record<string, string>>,
    prefix = '',
    limits: Partial<ServerLimits> = {},
  ): Promise<HttpsServer> {
    const tls = new ListenerTls(new SslProperties(properties, prefix), LOOK_MS);
    const app = await ServiceApp.create(thingsModule, { limits: { ...SERVER_LIMITS, ...limits } });
    const port = await app.listen({ protocol: 'https', host: '127.0.0.1', port: 0 }, undefined, tls);
    return new HttpsServer(app, port);
  }

  url(host = 'localhost'): string {
    return `https://${host}:${this.port}`;
  }

  /** What curl prints: the body, or why there is none. */
  async curl(...options: readonly string[]): Promise<string> {
    const resolved = ['--resolve', `localhost:${this.port}:127.0.0.1`, '--resolve', `elsewhere:${this.port}:127.0.0.1`];
    return printed('curl', ['-sS', '-m', '20', ...resolved, ...options]);
  }

  things(...options: readonly string[]): Promise<string> {
    return this.curl(...options, `${this.url()}/things`);
  }

  /** What `openssl s_client` has agreed upon with it, as `TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384`. */
  async agreed(...options: readonly string[]): Promise<string | undefined> {
    const text = await printed('openssl', ['s_client', '-connect', `127.0.0.1:${this.port}`, ...options]);
    return /^New, (.*)$/m.exec(text)?.[1];
  }

  close(): Promise<void> {
    return this.app.close(0);
  }
}

async function printed(command: string, options: readonly string[]): Promise<string> {
  try {
    const running = run(command, options);
    running.child.stdin?.end();
    const { stdout, stderr } = await running;
    return stdout + stderr;
  } catch (error) {
    return error instanceof Error && 'stderr' in error && 'stdout' in error
      ? `${String(error.stdout)}${String(error.stderr)}`
      : String(error);
  }
}
