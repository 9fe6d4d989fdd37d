import { expect, test } from 'vitest';
import { alterOffsetsFrom } from './alter-offsets.js';
import { parseJson } from './parse-json.js';

const read = (text: string) => alterOffsetsFrom(parseJson(text));

test('numbers are exact, a missing partition or offset is null', () => {
  const body =
    '{"offsets":[{"partition":{"a":"x","b":true,"n":null},"offset":{"small":42,"large":9223372036854775807,"half":1.5}},{}]}';
  expect(read(body)).toEqual([
    { partition: { a: 'x', b: true, n: null }, offset: { small: 42, large: 9223372036854775807n, half: 1.5 } },
    { partition: null, offset: null },
  ]);
});

test('what is no primitive is kept for whoever checks it', () => {
  expect(read('{"offsets":[{"partition":{"a":{"b":[1]}}}]}')).toEqual([{ partition: { a: { b: [1] } }, offset: null }]);
});

test.each([
  ['{}', 'Partitions / offsets need to be provided for an alter offsets request'],
  ['{"offsets":null}', 'Partitions / offsets need to be provided for an alter offsets request'],
  ['{"offsets":[]}', 'Partitions / offsets need to be provided for an alter offsets request'],
  ['{"offsets":{}}', "'offsets' must be an array, but is an object"],
  ['null', 'The request body must be a JSON object, but is null'],
  ['{"foo":1}', 'Unrecognized field "foo"; the known fields of the request body are offsets'],
  ['{"offsets":[1]}', 'offsets[0] must be a JSON object, but is a number'],
  ['{"offsets":[{"partition":"x"}]}', 'offsets[0].partition must be a JSON object or null, but is a string'],
  [
    '{"offsets":[{"offset":{"p":9223372036854775808}}]}',
    'offsets[0].offset.p is 9223372036854775808: integers must be between -9223372036854775808 and 9223372036854775807',
  ],
])('%s is refused with what is wrong', (body, message) => {
  expect(() => read(body)).toThrow(message);
});
