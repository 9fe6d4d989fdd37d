import { expect, test } from 'vitest';
import { Cors } from './cors.js';

const get = (origin?: string) => ({ method: 'GET', origin, requestedMethod: undefined });
const preflight = (origin: string) => ({ method: 'OPTIONS', origin, requestedMethod: 'PUT' });

test('without origins there are no headers at all', () => {
  expect(new Cors('', '').headersFor(preflight('http://a'))).toEqual([]);
});

test('an origin that matches as a whole is named, any other only changes what caches may do', () => {
  const cors = new Cors('http://.*\\.foo\\.com, http://bar.com', '');
  for (const origin of ['http://a.foo.com', 'http://bar.com']) {
    expect(cors.headersFor(get(origin))).toEqual([
      ['Vary', 'Origin'],
      ['Access-Control-Allow-Origin', origin],
    ]);
  }
  for (const origin of [undefined, 'http://evil.com', 'https://bar.com', 'http://bar.com.evil.com']) {
    expect(cors.headersFor(get(origin))).toEqual([['Vary', 'Origin']]);
  }
  expect(new Cors('*', '').headersFor(get('x'))).toContainEqual(['Access-Control-Allow-Origin', 'x']);
});

test('a preflight is told the methods', () => {
  const told = (methods: string) => Object.fromEntries(new Cors('*', methods).headersFor(preflight('http://a')));
  expect(told('GET, PUT')).toEqual({
    Vary: 'Origin',
    'Access-Control-Allow-Origin': 'http://a',
    'Access-Control-Allow-Methods': 'GET,PUT',
    'Access-Control-Allow-Headers': 'Content-Type',
    'Access-Control-Max-Age': '60',
  });
  expect(told('')['Access-Control-Allow-Methods']).toBe('GET,POST,HEAD');
});

test('an origin that is no regular expression is named', () => {
  expect(() => new Cors('http://(', '')).toThrow(
    'Invalid value http://( for configuration access.control.allow.origin: it must be * or a regular expression',
  );
});
