import { MINIMAL_WORKER } from '@tributary/testing';
import { describe, expect, it } from 'vitest';
import { advertisedAddress, askedAddress, checkAdvertising } from './advertised-address.js';
import { parseListeners } from './listeners.js';
import { workerDefinition } from './worker-definition.js';

interface Advertised {
  readonly listener?: string;
  readonly host?: string;
  readonly port?: string;
}

function askedBy({ listener, host, port }: Advertised) {
  const config = workerDefinition.parse({
    ...MINIMAL_WORKER,
    ...(listener === undefined ? {} : { 'rest.advertised.listener': listener }),
    ...(host === undefined ? {} : { 'rest.advertised.host.name': host }),
    ...(port === undefined ? {} : { 'rest.advertised.port': port }),
  });
  return askedAddress(config, true);
}

const address = (listeners: string, asked: Advertised = {}) =>
  advertisedAddress(askedBy(asked), parseListeners(listeners.split(',')), () => 4711, 'me');

/** As the reference has it, but for those marked. */
describe('the advertised address', () => {
  it.each<[string, Advertised, string]>([
    ['http://:0', {}, 'http://me:4711/'],
    ['http://h:0', {}, 'http://h:4711/'],
    ['http://h:0', { host: 'other' }, 'http://other:4711/'],
    ['http://h:8083', { port: '80' }, 'http://h:80/'],
    ['http://h:8083', { host: '', listener: '' }, 'http://h:8083/'],
    ['http://a:1,http://b:2', {}, 'http://a:1/'],
    ['https://a:1,http://b:2', {}, 'http://b:2/'],
    ['HTTPS://a:1', {}, 'https://a:1/'],
    ['https://a:1,http://b:2', { listener: 'https' }, 'https://a:1/'],
    ['https://a:1,http://b:2', { listener: 'HTTPS' }, 'https://a:1/'],
    ['https://a:1,http://b:2', { listener: 'http', host: 'p', port: '9' }, 'http://p:9/'],
    ['http://a:1', { listener: 'https', host: 'p', port: '443' }, 'https://p:443/'],
    ['http://h:1', { host: '[::1]' }, 'http://[::1]:1/'],
    ['http://h:1', { host: 'a_b' }, 'http://a_b:1/'],
    // Otherwise in the reference, where these are addresses that nobody can use.
    ['http://h:1', { host: '::1' }, 'http://[::1]:1/'],
    ['http://[fd00::1]:1', {}, 'http://[fd00::1]:1/'],
    ['http://0.0.0.0:1', {}, 'http://me:1/'],
    ['http://[::]:1', {}, 'http://me:1/'],
    ['http://h:1', { port: '0' }, 'http://h:1/'],
  ])('of %s with %o is %s', (listeners, asked, url) => {
    expect(address(listeners, asked)).toEqual({ url, workerId: /\/\/(.*)\/$/.exec(url)?.[1] });
  });

  it.each<[string, Advertised]>([
    ['http://h:1', { listener: 'https' }],
    ['https://h:1,https://i:2', { listener: 'http' }],
    ['http://h:1', { listener: 'https', host: 'p' }],
    ['http://h:1', { listener: 'https', port: '443' }],
    ['http://h:1', { listener: 'https', host: 'p', port: '0' }],
  ])('is refused for %s with %o, before anything listens', (listeners, asked) => {
    const check = () => checkAdvertising(askedBy(asked), parseListeners(listeners.split(',')));
    expect(check).toThrow(`Invalid value ${asked.listener} for configuration rest.advertised.listener: no listener`);
    expect(check).toThrow(`(${listeners.replace(',', ', ')})`);
  });

  it('cannot be made of the zone of an interface', () => {
    const listeners = parseListeners(['http://[fe80::1%eth0]:1']);
    expect(() => checkAdvertising(askedBy({}), listeners)).toThrow('set rest.advertised.host.name');
    expect(() => checkAdvertising(askedBy({ host: 'h' }), listeners)).not.toThrow();
  });
});

it.each(['a b', 'a/b', 'u@a', 'http://a', 'a:80', 'fe80::1%eth0', '[a]', '[::1', '?'])('%s is no host', (host) => {
  expect(() => askedBy({ host })).toThrow(
    `Invalid value ${host} for configuration rest.advertised.host.name: expected`,
  );
});
