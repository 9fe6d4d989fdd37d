import { connect } from 'node:net';

/** An ApiVersions request of version 0 with correlation id 1 and no client id, its length first. */
const REQUEST = Buffer.from('0000000a' + '0012' + '0000' + '00000001' + 'ffff', 'hex');
const DEADLINE_MS = 2_000;

/** Whether a broker answers on that port of loopback. A container's port takes connections long before it does. */
export function answersKafka(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: DEADLINE_MS });
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => socket.write(REQUEST));
    socket.once('data', () => done(true));
    for (const event of ['error', 'timeout', 'close']) socket.once(event, () => done(false));
  });
}
