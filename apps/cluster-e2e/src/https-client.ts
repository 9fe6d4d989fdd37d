import { Agent, request } from 'node:https';
import { TLSSocket } from 'node:tls';
import type { TestCertificate } from '@tributary/testing';

export interface HttpsAnswer {
  readonly status: number | undefined;
  readonly body: string;
  /** the common name in the certificate that was shown */
  readonly shown: string;
}

/** Talks to a gateway over one connection after the other, each kept while it may be, with a certificate of its own or none. */
export class HttpsClient {
  private readonly agent: Agent;

  constructor(
    private readonly baseUrl: string,
    trusted: string,
    own?: TestCertificate,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: 1, ca: trusted, key: own?.key, cert: own?.cert });
  }

  /** Rejects where there is no answer. */
  send(method: string, path: string, body?: unknown): Promise<HttpsAnswer> {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    return new Promise((resolve, reject) => {
      const outgoing = request(new URL(path, this.baseUrl), { method, headers, agent: this.agent }, (response) => {
        const { socket, statusCode: status } = response;
        const shown = socket instanceof TLSSocket ? String(socket.getPeerCertificate().subject.CN) : '';
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => resolve({ status, shown, body: Buffer.concat(chunks).toString() }));
      });
      outgoing.on('error', reject);
      outgoing.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
