import { Agent, request } from 'node:https';
import { TLSSocket } from 'node:tls';

/** What localhost answered over https. */
export interface TlsAnswer {
  /** the common name in the certificate that was shown */
  readonly shown: string;
  readonly status: number | undefined;
  readonly body: string;
}

/** Asks localhost, which must show a certificate of that authority. The agent decides whether the connection is a new one. */
export function tlsGet(port: number, path: string, ca: string, agent: Agent = new Agent()): Promise<TlsAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: 'localhost', family: 4, port, path, ca, agent }, (response) => {
      const { socket } = response;
      const shown = socket instanceof TLSSocket ? String(socket.getPeerCertificate().subject.CN) : '';
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ shown, status: response.statusCode, body: Buffer.concat(chunks).toString() });
      });
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}
