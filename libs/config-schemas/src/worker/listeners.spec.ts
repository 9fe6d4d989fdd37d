import { describe, expect, it } from 'vitest';
import { parseListeners } from './listeners.js';

describe('parseListeners', () => {
  it('reads hosts, IPv6 addresses, all interfaces and free ports', () => {
    expect(parseListeners(['HTTP://Host-1:80', 'https://[::1]:8443', 'http://:0', 'http://[name]:1'])).toEqual([
      { protocol: 'http', host: 'Host-1', port: 80 },
      { protocol: 'https', host: '::1', port: 8443 },
      { protocol: 'http', host: '', port: 0 },
      { protocol: 'http', host: 'name', port: 1 },
    ]);
  });

  it.each([
    ['http://host', "doesn't have the right format"],
    ['host:80', "doesn't have the right format"],
    ['http://host:80/path', "doesn't have the right format"],
    ['http://*:80', "doesn't have the right format"],
    ['http://host:80x', "doesn't have the right format"],
    ['ftp://host:80', 'Listener protocol must be either "http" or "https".'],
    ['http://host:-1', 'the port must be from 0'],
    ['http://host:65536', 'the port must be from 0'],
  ])('refuses %s', (address, reason) => {
    expect(() => parseListeners(['http://:0', address], 'x')).toThrow(`Invalid value ${address} for configuration x: `);
    expect(() => parseListeners([address])).toThrow(reason);
  });
});
