import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';

const TIMEOUT_MS = 2_000;

/** Whether the service at that base URL answers `GET /health` with 200. `tls`: how to connect where it is an https one. */
export function answersHealthy(url: string, tls: ConnectionOptions = {}): Promise<boolean> {
  const { protocol, hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const address = { host, port: Number(port || (protocol === 'https:' ? 443 : 80)) };
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket: Socket = protocol === 'https:' ? connectTls({ ...address, ...tls }) : connectPlain(address);
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy());
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1').startsWith('HTTP/1.1 200 ')));
    socket.write(`GET /health HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`);
  });
}
