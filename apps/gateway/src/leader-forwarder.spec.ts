import { ConflictError, RetriableError } from '@tributary/connect-api';
import {
  errorBodyOf,
  NoAnswerError,
  NOT_LEADER_HEADER,
  TRY_AGAIN_HEADER,
  UNDECIDED_HEADER,
  type InternalAnswer,
} from '@tributary/rest-api';
import { expect, test } from 'vitest';
import { LeaderForwarder } from './leader-forwarder.js';

const URL_A = 'http://a:1';
const DONE: InternalAnswer = { status: 200, headers: {}, body: '{}' };
const REQUEST = { method: 'PUT', path: '/connectors/a/config', body: '{}' };

/** A forwarder whose time goes on by a second with each look at the clock, and what was said to it in turn. */
function rig(
  timeoutMs: number,
  answers: readonly (InternalAnswer | Error)[],
  urls: readonly (string | Error | undefined)[] = [URL_A],
) {
  const [said, found] = [[...answers], [...urls]];
  const asked: string[] = [];
  const timeouts: number[] = [];
  let [now, forgotten] = [0, 0];
  const next = <T>(queue: (T | Error)[], last: T | Error): T => {
    const value = queue.length > 0 ? (queue.shift() as T | Error) : last;
    if (value instanceof Error) throw value;
    return value;
  };
  const forwarder = new LeaderForwarder(
    {
      leaderUrl: async () => next(found, urls[urls.length - 1]),
      forget: () => void (forgotten += 1),
    },
    {
      send: async (url, request) => {
        asked.push(url);
        timeouts.push(request.timeoutMs);
        return next(said, answers[answers.length - 1] ?? DONE);
      },
    },
    timeoutMs,
    () => (now += 1_000),
    async () => undefined,
  );
  return { forwarder, asked, timeouts, forgotten: () => forgotten };
}

test('the answer of the leader is the answer', async () => {
  const { forwarder, asked } = rig(90_000, [{ ...DONE, status: 404 }]);
  expect(await forwarder.forward(REQUEST)).toMatchObject({ status: 404, repeated: false });
  expect(asked).toEqual([URL_A]);
});

test.each([
  ['says that it does not lead', { status: 409, headers: { [NOT_LEADER_HEADER]: '' }, body: '' }],
  ['is starting or stopping', { status: 503, headers: {}, body: '' }],
  ['cannot be reached', new NoAnswerError('no answer', false)],
])('a herder that %s is given up, and the leader is looked for again', async (_what, first) => {
  const { forwarder, asked, forgotten } = rig(90_000, [first, DONE], [URL_A, undefined, 'http://b:1']);
  expect(await forwarder.forward(REQUEST)).toMatchObject({ status: 200, repeated: false });
  expect(asked).toEqual([URL_A, 'http://b:1']);
  expect(forgotten()).toBe(2);
});

test.each([
  ['an answer that was lost', new NoAnswerError('hung up', true)],
  [
    'a leadership that ended meanwhile',
    { status: 409, headers: { [NOT_LEADER_HEADER]: '', [UNDECIDED_HEADER]: 'true' }, body: '' },
  ],
])('%s is remembered, as the request may have been carried out', async (_what, first) => {
  const { forwarder } = rig(90_000, [first, DONE]);
  expect(await forwarder.forward(REQUEST)).toMatchObject({ status: 200, repeated: true });
  const hopeless = rig(10_000, [first]);
  const refused: unknown = await hopeless.forwarder.forward(REQUEST).catch((error: unknown) => error);
  expect(errorBodyOf(refused).body).toMatchObject({
    error_code: 500,
    message: expect.stringMatching(
      /^Request timed out due to .*\. It may have been carried out, as an answer was lost\.$/,
    ),
  });
});

const MOMENT: InternalAnswer = { status: 409, headers: { [TRY_AGAIN_HEADER]: 'true' }, body: 'nobody runs it' };

test('the leader is asked again for what it cannot do for the moment', async () => {
  const { forwarder, asked, forgotten } = rig(90_000, [MOMENT, MOMENT, DONE]);
  expect(await forwarder.forward(REQUEST)).toMatchObject({ status: 200, repeated: false });
  expect([asked.length, forgotten()]).toEqual([3, 0]);
});

test('after the time-out its own words are the answer', async () => {
  const { forwarder } = rig(10_000, [MOMENT]);
  expect(await forwarder.forward(REQUEST)).toMatchObject({ status: 409, body: 'nobody runs it' });
});

test('the leader has time to say why it is late', async () => {
  const { forwarder, timeouts } = rig(90_000, [DONE]);
  await forwarder.forward(REQUEST);
  expect(timeouts[0]).toBeGreaterThan(90_000);
});

test.each([
  [[DONE], [undefined], 'no known leader URL, likely because a rebalance was underway'],
  [
    [new NoAnswerError('no answer from http://a:1 (ECONNREFUSED)', false)],
    [URL_A],
    'no answer from http://a:1 (ECONNREFUSED)',
  ],
  [[{ ...DONE, status: 503 }], [URL_A], 'the herder at http://a:1 starting or stopping'],
  [[DONE], [new RetriableError('Kafka does not answer')], 'Kafka does not answer'],
])('after the time-out the error says what was waited for (%#)', async (answers, urls, reason) => {
  const { forwarder } = rig(10_000, answers, urls);
  const refused = await forwarder.forward(REQUEST).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ConflictError);
  expect((refused as Error).message).toBe(`Cannot complete request momentarily due to ${reason}.`);
});

test('an error that waiting does not cure is told at once', async () => {
  const { forwarder } = rig(90_000, [DONE], [new Error('not authorized')]);
  await expect(forwarder.forward(REQUEST)).rejects.toThrow('not authorized');
});

test('what is to be done once is not sent again where it may have been done', async () => {
  const lost = rig(90_000, [new NoAnswerError('no answer', true), DONE]);
  await expect(lost.forwarder.forward({ ...REQUEST, once: true })).rejects.toThrow('It may have been carried out');
  expect(lost.asked).toHaveLength(1);
  const refused = rig(90_000, [new NoAnswerError('no answer', false), DONE]);
  expect(await refused.forwarder.forward({ ...REQUEST, once: true })).toMatchObject({ status: 200, repeated: false });
});
