import { expect, test } from 'vitest';
import { judge } from './compare.js';
import type { KnownDifference } from './known/known-difference.js';
import { Side } from './side.js';
import { request } from './step.js';

const stop = async (): Promise<void> => {};
const sides = {
  reference: new Side('reference', 'http://127.0.0.1:1111', '/r', stop),
  tributary: new Side('tributary', 'http://127.0.0.1:2222', '/t', stop),
};

const answer = (body: object, status = 200) => ({
  status,
  headers: { 'content-type': 'application/json', date: String(Math.random()) },
  text: JSON.stringify(body),
});

const judged = (reference: object, tributary: object, rules: readonly KnownDifference[] = [], status = 200) =>
  judge(
    sides,
    { step: request('GET', '/x'), reference: answer(reference), tributary: answer(tributary, status) },
    rules,
  );

const anyCase: KnownDifference = {
  id: 'any-case',
  covers: () => true,
  rewrite: (seen) => ({ ...seen, body: JSON.parse(JSON.stringify(seen.body).toLowerCase()) as typeof seen.body }),
};
const mustBe = (status: number): KnownDifference => ({
  id: 'status',
  covers: ({ method }) => method === 'GET',
  expect: (here) => (here.status === status ? [] : [`the status is ${here.status}`]),
});

test('addresses, names, folders and times of the two are the same', () => {
  const verdict = judged(
    { worker_id: '127.0.0.1:1111', name: 'at-reference-x', file: '/r/in', at: '2026-01-01T00:00:00.000Z' },
    { worker_id: '127.0.0.1:3333', name: 'at-tributary-x', file: '/t/in', at: '2027-01-01T00:00:00Z' },
  );
  expect([verdict.known, verdict.unknown]).toEqual([[], []]);
});

test('what nothing explains is told with its place', () => {
  expect(judged({ a: [1, { b: 'x' }] }, { a: [1, { b: 'y' }] }).unknown).toEqual([
    'body.a[1].b: reference "x", here "y"',
  ]);
  expect(judged({ a: 1, b: 2 }, { b: 2, a: 1 }).unknown).toEqual([
    'body: the keys are in order [a, b] there, [b, a] here',
  ]);
  expect(judged({ n: 1 }, { n: 1 }, [], 404).unknown).toEqual(['status: reference 200, here 404']);
});

test('integers are compared exactly', () => {
  const of = (number: string) => ({ status: 200, headers: {}, text: `{"n":${number}}` });
  const exchange = { step: request('GET', '/x'), reference: of('9007199254740993'), tributary: of('9007199254740992') };
  expect(judge(sides, exchange, []).unknown).toEqual([
    'body.n: reference "9007199254740993n", here "9007199254740992n"',
  ]);
});

test('a rule that brings both to one form leaves the rest to be compared', () => {
  expect(judged({ a: 'X' }, { a: 'x' }, [anyCase]).known).toEqual(['any-case']);
  expect(judged({ a: 'X', b: 1 }, { a: 'x', b: 2 }, [anyCase])).toMatchObject({
    known: [],
    unknown: ['body.b: reference 1, here 2'],
  });
});

test('a rule that expects an answer is only asked where forms differ, and says what is wrong', () => {
  expect(judged({ a: 'X' }, { a: 'x' }, [mustBe(400), anyCase]).known).toEqual(['any-case']);
  expect(judged({ a: 1 }, { b: 1 }, [mustBe(400)], 400).known).toEqual(['status']);
  expect(judged({ a: 1 }, { b: 1 }, [mustBe(400)], 500).unknown[0]).toBe('status: the status is 500');
});
