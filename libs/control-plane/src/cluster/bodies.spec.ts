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
