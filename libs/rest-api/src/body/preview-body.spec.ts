import { expect, test } from 'vitest';
import { parseJson } from './parse-json.js';
import { previewFrom } from './preview-body.js';

const read = (text: string) => previewFrom(parseJson(text));
const record = (text: string) => read(`{"records":[${text}]}`);

test('a record in all its forms, with numbers as they were sent', () => {
  const headers = '[{"key":"h","value":{"base64":"AAE="}},{"key":"n","value":null}]';
  const full = `{"topic":"t","partition":1,"offset":2,"timestamp":3,"key":{"text":"k"},"value":{"json":{"a":1.50}},"headers":${headers}}`;
  const value = '{"schema":{"type":"int64"},"payload":9223372036854775807}';
  expect(read(`{"config":{"a":1,"b":null},"records":[${full},{"value":${value}}]}`)).toEqual({
    config: { a: '1' },
    records: [
      {
        topic: 't',
        partition: 1,
        offset: 2,
        timestamp: 3,
        key: { form: 'text', text: 'k' },
        value: { form: 'json', text: '{"a":1.50}' },
        headers: [
          { key: 'h', value: { form: 'base64', text: 'AAE=' } },
          { key: 'n', value: null },
        ],
      },
      { key: null, value: { form: 'envelope', text: value }, headers: [] },
    ],
  });
});

test('records of a topic', () => {
  expect(read('{"from":{}}').records).toEqual({ count: 10 });
  const records = { topic: 't', partition: 0, offset: 7, count: 3 };
  expect(read(JSON.stringify({ from: records })).records).toEqual(records);
});

test.each([
  ['[]', 'The request body must be a JSON object, but is an array'],
  ['{}', "Either 'records' or 'from' must be given"],
  ['{"records":[{}],"from":{}}', "Either 'records' or 'from' must be given"],
  ['{"records":{}}', "'records' must be an array, but is an object"],
  ['{"records":[]}', "'records' must have at least one record"],
  ['{"record":[]}', 'Unrecognized field "record"; the known fields of the request body are config, records, from'],
  ['{"config":[],"records":[{}]}', "'config' must be a JSON object of strings, but is an array"],
  ['{"from":{"offset":1}}', "'from.offset' needs 'from.partition'"],
  ['{"from":{"count":0}}', "'from.count' must be a whole number from 1 to 9007199254740991, but is 0"],
  ['{"from":{"partition":-1}}', "'from.partition' must be a whole number from 0 to 9007199254740991, but is -1"],
  ['{"from":{"partition":"1"}}', "'from.partition' must be a whole number from 0 to 9007199254740991, but is a string"],
])('%s is refused with what is wrong', (body, message) => {
  expect(() => read(body)).toThrow(message);
});

test.each([
  ['7', 'records[0] must be a JSON object, but is a number'],
  ['{"topic":1}', "'records[0].topic' must be a string, but is a number"],
  ['{"values":1}', 'Unrecognized field "values"; the known fields of records[0] are topic, partition'],
  ['{"value":"x"}', `'records[0].value' must be {"text":...}, {"json":...}, {"base64":...}`],
  ['{"value":{"text":"a","json":1}}', 'or null, but has json, text'],
  ['{"value":{}}', 'or null, but is empty'],
  ['{"value":{"schema":null}}', 'or null, but has schema'],
  ['{"key":{"text":1}}', "'records[0].key.text' must be a string, but is a number"],
  ['{"key":{"base64":"a"}}', "'records[0].key.base64' is not base64"],
  ['{"headers":[{"value":null}]}', "'records[0].headers[0].key' must be a string, but is missing"],
])('the record %s is refused with what is wrong', (given, message) => {
  expect(() => record(given)).toThrow(message);
});
