import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { WorkerConfig } from '@tributary/config-schemas';
import { MINIMAL_WORKER } from '@tributary/testing';
import { expect, test } from 'vitest';
import { ADMIN_SURFACE, RestSurface } from './surface.js';

const surface = (properties: Record<string, string>) =>
  new RestSurface(
    WorkerConfig.parse({ ...MINIMAL_WORKER, ...properties }, 'gateway', () => undefined),
    () => Date.UTC(2026, 0, 1),
  );

test('the admin endpoints move to listeners of their own, or away', () => {
  expect(surface({}).serves('/admin/loggers')).toBe(true);
  for (const listeners of ['http://localhost:8090', '']) {
    const moved = surface({ 'admin.listeners': listeners });
    expect(moved.serves('/admin/loggers')).toBe(false);
    expect(moved.serves('/connectors')).toBe(true);
  }
  expect(ADMIN_SURFACE.serves('/admin/loggers/root')).toBe(true);
  expect(ADMIN_SURFACE.serves('/administration')).toBe(false);
  expect(ADMIN_SURFACE.serves('/')).toBe(false);
});

test('headers are set, added and dated as the rules say', () => {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  const rules = 'add X-One: 1, add X-One: 2, "set X-Two: a,b", set X-Two: c, setDate X-Date: 1000';
  surface({ 'response.http.headers.config': rules }).decorate(request, response);
  expect(response.getHeaders()).toEqual({
    'x-one': ['1', '2'],
    'x-two': 'c',
    'x-date': 'Thu, 01 Jan 2026 00:00:01 GMT',
  });
});
