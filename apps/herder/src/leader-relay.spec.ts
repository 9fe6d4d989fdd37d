import { NOT_LEADER_HEADER, SessionKeys, TRY_AGAIN_HEADER, UNDECIDED_HEADER } from '@tributary/rest-api';
import { keyOf, KeyTopic } from '@tributary/rest-api/testing';
import { freePort } from '@tributary/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Following, Herders } from './testing/herders.js';
import { Leader, leaderModule } from './testing/leader.module.js';

const REQUEST = {
  method: 'PUT',
  path: '/connectors/a%2Fb;x=%20%C3%A4/config?q=1&q=%2F',
  body: '{"a":"ä", "n": 1}',
  timeoutMs: 5_000,
};

let herders: Herders;
let leader: Leader;
let following: Following;
let followerUrl: string;

beforeEach(async () => {
  herders = new Herders();
  leader = new Leader();
  following = new Following();
  following.leaderUrl = (await herders.serve(leaderModule(leader))).url;
  followerUrl = (await herders.serve(herders.moduleOf(following))).url;
});
afterEach(() => herders.close());

const ask = () => herders.client.send(followerUrl, REQUEST);

test('a herder that does not lead hands a request on as it came, and the answer back', async () => {
  leader.answer = { status: 201, headers: { location: '/connectors/a%2Fb' }, body: '{"name":"a/b", "n": 1.0}' };
  const { status, headers, body } = await ask();
  expect([status, headers.location, body]).toEqual([201, '/connectors/a%2Fb', leader.answer.body]);
  expect(headers).not.toHaveProperty(NOT_LEADER_HEADER);
  expect(leader.asked).toEqual([{ line: `${REQUEST.method} ${REQUEST.path}`, body: REQUEST.body, forwarded: '1' }]);
});

test("so does it with every request that is the leader's, and with answers that have no body", async () => {
  leader.answer = { status: 204, headers: {}, body: '' };
  const requests: [string, string, string?][] = [
    ['POST', '/connectors', '{"name":"a","config":{}}'],
    ['PATCH', '/connectors/a/config', '{}'],
    ['DELETE', '/connectors/a'],
    ['PUT', '/connectors/a/pause'],
    ['PUT', '/connectors/a/resume'],
    ['PUT', '/connectors/a/stop'],
    ['POST', '/connectors/a/restart?includeTasks=true'],
    ['POST', '/connectors/a/tasks/0/restart'],
    ['PUT', '/connectors/a/topics/reset'],
    ['POST', '/connectors/a/preview', '{}'],
    ['PUT', '/admin/loggers/a?scope=cluster', '{"level":"INFO"}'],
  ];
  for (const [method, path, body = ''] of requests) {
    expect(await herders.client.send(followerUrl, { method, path, body, timeoutMs: 5_000 })).toMatchObject({
      status: 204,
      body: '',
    });
  }
  expect(leader.asked.map(({ line, body }) => [line, body])).toEqual(
    requests.map(([method, path, body = '']) => [`${method} ${path}`, body]),
  );
});

test('what the leader says to those who forward comes back too', async () => {
  const headers = { [NOT_LEADER_HEADER]: 'http://x:1', [UNDECIDED_HEADER]: 'true', [TRY_AGAIN_HEADER]: 'true' };
  leader.answer = { status: 409, headers, body: '{"error_code":409,"message":"m"}' };
  expect(await ask()).toMatchObject(leader.answer);
});

test('two herders that take each other for the leader do not pass a request to and fro', async () => {
  const other = new Following();
  following.leaderUrl = (await herders.serve(herders.moduleOf(other))).url;
  other.leaderUrl = followerUrl;
  const { status, headers } = await ask();
  expect([status, headers[NOT_LEADER_HEADER], headers[UNDECIDED_HEADER]]).toEqual([409, followerUrl, undefined]);
  expect([following.asked, other.asked]).toEqual([1, 1]);
});

describe('where the leader', () => {
  test.each<[string, () => Promise<string | undefined>, string | undefined]>([
    ['is not known', async () => undefined, undefined],
    ['is not there', async () => `http://127.0.0.1:${await freePort()}/`, undefined],
    ['hangs up', async () => following.leaderUrl, 'true'],
  ])('%s, who asked is told so', async (_what, urlOf, undecided) => {
    following.leaderUrl = await urlOf();
    const { status, headers, body } = await ask();
    expect([status, headers[NOT_LEADER_HEADER], headers[UNDECIDED_HEADER]]).toEqual([409, '', undecided]);
    expect(JSON.parse(body)).toMatchObject({ error_code: 409, message: expect.stringContaining('no known leader') });
  });

  test('has another key, the answer says that the cluster is at fault', async () => {
    const keys = new SessionKeys(new KeyTopic(keyOf('another key')));
    following.leaderUrl = (await herders.serve(leaderModule(leader), keys)).url;
    const { status, body } = await ask();
    expect([status, leader.asked]).toEqual([500, []]);
    expect(body).toContain('does not accept it: {\\"error_code\\":403');
  });
});
