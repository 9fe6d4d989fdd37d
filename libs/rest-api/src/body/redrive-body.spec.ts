import { expect, test } from 'vitest';
import { parseJson } from './parse-json.js';
import { redriveFrom } from './redrive-body.js';

const read = (text: string) => redriveFrom(parseJson(text));

test('all letters where nothing else is said', () => {
  const all = { dryRun: false, limit: 1000, seconds: 60, maxRedrives: 3 };
  expect(read('{}')).toEqual(all);
  expect(read('{"dryRun":null,"limit":null,"stage":null,"partitions":null}')).toEqual(all);
});

test('what is said', () => {
  const partitions = [{ partition: 1, from: 5, to: 9 }];
  const body = { dryRun: true, limit: 2, seconds: 3, maxRedrives: 4, stage: 'TASK_PUT', exception: 'E', partitions };
  expect(read(JSON.stringify(body))).toEqual(body);
  expect(read('{"partitions":[{"partition":0}]}').partitions).toEqual([{ partition: 0 }]);
});

test.each([
  ['[]', 'The request body must be a JSON object, but is an array'],
  ['{"dryrun":true}', 'Unrecognized field "dryrun"; the known fields of the request body are dryRun, limit, seconds'],
  ['{"dryRun":"true"}', "'dryRun' must be true or false, but is a string"],
  ['{"limit":0}', "'limit' must be a whole number from 1 to 9007199254740991, but is 0"],
  ['{"limit":10001}', "'limit' must be at most 10000, but is 10001"],
  ['{"seconds":61}', "'seconds' must be at most 60, but is 61"],
  ['{"stage":"KAFKA_PRODUCE"}', "'stage' must be one of KEY_CONVERTER, VALUE_CONVERTER"],
  ['{"exception":1}', "'exception' must be a string, but is a number"],
  ['{"partitions":[]}', "'partitions' must have at least one element; leave it out for all"],
  ['{"partitions":[{}]}', "'partitions[0].partition' must be a whole number, but is missing"],
  ['{"partitions":[{"partition":0,"from":2,"to":1}]}', "'partitions[0].from' is 2, beyond 'to', which is 1"],
  ['{"partitions":[{"partition":0},{"partition":0}]}', "'partitions' has partition 0 twice"],
])('%s is refused with what is wrong', (body, message) => {
  expect(() => read(body)).toThrow(message);
});
