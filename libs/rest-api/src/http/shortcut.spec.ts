import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { thingsModule } from '../testing/things.module.js';
import { ServiceApp } from './service-app.js';

let app: ServiceApp;
let url: string;
/** what the shortcut was asked */
let asked: string[];

beforeAll(async () => {
  app = await ServiceApp.create(thingsModule);
  app.addFilter((_request, response, next) => {
    response.setHeader('X-Filtered', 'yes');
    next();
  });
  app.setShortcut((path) => {
    asked.push(path);
    if (path === '/things/quick?x=1') return Promise.resolve(Buffer.from('{"name":"schnell ✓"}'));
    if (path === '/things/later') return Promise.resolve(undefined);
    if (path === '/things/gone') return Promise.reject(new Error('no such thing'));
    return undefined;
  });
  url = `http://127.0.0.1:${await app.listen({ protocol: 'http', host: '127.0.0.1', port: 0 })}`;
});
beforeEach(() => (asked = []));
afterAll(() => app.close());

test('a shortcut answers with the headers of every other answer, after the filters', async () => {
  const quick = await fetch(`${url}/things/quick?x=1`);
  const usual = await fetch(`${url}/things/quick`);
  expect(await quick.text()).toBe('{"name":"schnell ✓"}');
  expect(await usual.json()).toEqual({ name: 'quick' });
  expect(quick.headers.get('x-filtered')).toBe('yes');
  const names = (response: Response) => [...response.headers.keys()];
  expect([quick.status, names(quick)]).toEqual([200, names(usual)]);
  expect(quick.headers.get('content-type')).toBe('application/json');
});

test('what it does not know, and what fails in it, goes the usual way', async () => {
  const answers = ['/things/other', '/things/later', '/things/gone'].map(async (path) => {
    const response = await fetch(`${url}${path}`);
    return [response.status, await response.json()];
  });
  expect(await Promise.all(answers)).toEqual([
    [200, { name: 'other' }],
    [200, { name: 'later' }],
    [404, { error_code: 404, message: 'Thing gone not found' }],
  ]);
});

test.each<[string, RequestInit, number]>([
  ['another method', { method: 'DELETE' }, 204],
  ['HEAD', { method: 'HEAD' }, 200],
  ['a content type', { headers: { 'Content-Type': 'text/plain' } }, 415],
  ['an Accept without JSON', { headers: { Accept: 'text/html' } }, 406],
])('it is not asked about a request with %s', async (_what, init, status) => {
  const response = await fetch(`${url}/things/quick?x=1`, init);
  expect([response.status, asked]).toEqual([status, []]);
});

test.each(['application/json', 'text/html, */*', ''])('it is asked where a client accepts %j', async (accept) => {
  await fetch(`${url}/things/quick?x=1`, { headers: { Accept: accept } });
  expect(asked).toEqual(['/things/quick?x=1']);
});
