import { expect, it } from 'vitest';
import type { ConnectorStatusBody } from '../cluster/bodies.js';
import { restartAnswer, restartsConnector, restartsTask } from './restart-plan.js';

const request = (includeTasks: boolean, onlyFailed: boolean) => ({ connector: 'c', includeTasks, onlyFailed });

it.each([
  { includeTasks: false, onlyFailed: false, running: [true, false], failed: [true, false] },
  { includeTasks: true, onlyFailed: false, running: [true, true], failed: [true, true] },
  { includeTasks: false, onlyFailed: true, running: [false, false], failed: [true, false] },
  { includeTasks: true, onlyFailed: true, running: [false, false], failed: [true, true] },
])('plans includeTasks=$includeTasks onlyFailed=$onlyFailed', ({ includeTasks, onlyFailed, running, failed }) => {
  const plan = request(includeTasks, onlyFailed);
  const of = (state: 'RUNNING' | 'FAILED') => [restartsConnector(plan, { state }), restartsTask(plan, { state })];
  expect(of('RUNNING')).toEqual(running);
  expect(of('FAILED')).toEqual(failed);
});

it('leaves a task without a status alone when only failed ones are meant', () => {
  expect(restartsTask(request(true, true), undefined)).toBe(false);
  expect(restartsTask(request(true, false), undefined)).toBe(true);
});

it('answers RESTARTING for what is planned, with the old trace, and the rest as it is', () => {
  const current: ConnectorStatusBody = {
    name: 'c',
    connector: { state: 'RUNNING', worker_id: 'h:1', version: '1' },
    tasks: [
      { id: 0, state: 'FAILED', worker_id: 'e:1', version: '1', trace: 'boom' },
      { id: 1, state: 'RUNNING', worker_id: 'e:2', version: '1' },
    ],
    type: 'source',
  };
  expect(restartAnswer(request(true, true), current)).toEqual({
    ...current,
    tasks: [{ ...current.tasks[0], state: 'RESTARTING' }, current.tasks[1]],
  });
});
