import { NoAnswerError, NOT_LEADER_HEADER, type InternalAnswer, type InternalRequest } from '@tributary/rest-api';
import { expect, it } from 'vitest';
import { LeaderRequests } from './leader-requests.js';

type Reaction = InternalAnswer | Error;

const DONE: InternalAnswer = { status: 204, headers: {}, body: '' };

/** Asks while the leader reacts like this, the last reaction again and again. */
async function fence(reactions: readonly Reaction[], leaders: readonly (string | undefined)[] = ['http://h:1']) {
  let now = 0;
  const asked: string[] = [];
  const send = async (url: string, { method, path }: InternalRequest): Promise<InternalAnswer> => {
    const reaction = reactions[Math.min(asked.length, reactions.length - 1)] ?? DONE;
    asked.push(`${method} ${url}${path}`);
    if (reaction instanceof Error) throw reaction;
    return reaction;
  };
  let looks = 0;
  const leaderUrl = () => leaders[Math.min(looks++, leaders.length - 1)];
  const requests = new LeaderRequests(
    leaderUrl,
    { send },
    1000,
    () => now,
    async (ms) => void (now += ms),
  );
  await requests.fenceZombies('a/b');
  return asked;
}

it('asks the leader', async () => {
  expect(await fence([DONE])).toEqual(['PUT http://h:1/connectors/a%2Fb/fence']);
});

it('asks again while the leader changes, and then the new one', async () => {
  const gone = new NoAnswerError('no answer from http://h:1', true);
  const notLeading = { status: 409, headers: { [NOT_LEADER_HEADER]: '' }, body: '' };
  const starting = { status: 503, headers: {}, body: '' };
  const asked = await fence([gone, notLeading, starting, DONE], ['http://h:1', undefined, 'http://h:2']);
  expect(asked.map((line) => line.slice(0, 14))).toEqual([
    'PUT http://h:1',
    ...Array<string>(3).fill('PUT http://h:2'),
  ]);
});

it('gives up after a while, and says what was in the way', async () => {
  await expect(fence([new NoAnswerError('no answer from http://h:1', false)])).rejects.toThrow(
    'This worker is not able to communicate with the leader of the cluster, which is required for exactly-once source ' +
      'tasks: no answer from http://h:1',
  );
  await expect(fence([], [undefined])).rejects.toThrow('no herder is known to lead');
});

it.each([
  ['{"error_code":409,"message":"Fencing failed because"}', 'Fencing failed because'],
  ['oops', 'the herder at http://h:1 answered 500'],
])("takes the leader's refusal for what it is (%s)", async (body, message) => {
  await expect(fence([{ status: 500, headers: {}, body }])).rejects.toThrow(message);
});
