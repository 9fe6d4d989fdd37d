import { expect, it } from 'vitest';
import { stateBody, taskStateBody } from './bodies.js';

const status = { state: 'RUNNING', trace: null, workerId: 'h:1', generation: 3, version: '1.0' } as const;

it('shows a state in the order that clients know, without trace and generation', () => {
  expect(JSON.stringify(stateBody(status))).toBe('{"state":"RUNNING","worker_id":"h:1","version":"1.0"}');
});

it('shows a trace where there is one', () => {
  const failed = { ...status, state: 'FAILED', trace: 'boom' } as const;
  expect(JSON.stringify(taskStateBody(2, failed))).toBe(
    '{"id":2,"state":"FAILED","worker_id":"h:1","version":"1.0","trace":"boom"}',
  );
  expect(stateBody({ ...status, trace: '' })).not.toHaveProperty('trace');
});

it('shows an unknown version as null and leaves out the one of a plugin that has none', () => {
  expect(stateBody({ ...status, version: null })).toHaveProperty('version', null);
  expect(stateBody({ ...status, version: 'undefined' })).not.toHaveProperty('version');
});

it('shows what is noted of restarts and of a stall, behind all else', () => {
  const at = Date.UTC(2026, 0, 2, 3, 4, 5, 6);
  const failed = { ...status, state: 'FAILED', trace: 'boom' } as const;
  expect(JSON.stringify(stateBody(failed, { attempts: 2, nextAt: at, givenUp: null }))).toBe(
    '{"state":"FAILED","worker_id":"h:1","version":"1.0","trace":"boom",' +
      '"auto_restart":{"attempts":2,"next":"2026-01-02T03:04:05.006Z"}}',
  );
  const hanging = { ...status, stalled: { since: at, in: 'put' } } as const;
  expect(JSON.stringify(taskStateBody(0, hanging, { attempts: 3, nextAt: null, givenUp: 'attempts' }))).toBe(
    '{"id":0,"state":"RUNNING","worker_id":"h:1","version":"1.0",' +
      '"stalled":{"since":"2026-01-02T03:04:05.006Z","in":"put"},"auto_restart":{"attempts":3,"given_up":"attempts"}}',
  );
});
