import { expect, test } from 'vitest';
import { createConnectorFrom } from './create-connector.dto.js';
import { parseJson } from './parse-json.js';

const from = (text: string) => createConnectorFrom(parseJson(text));

test('a request has a name, a configuration and perhaps a state to begin in', () => {
  expect(from('{"name":"a","config":{"x":1},"initial_state":"paused"}')).toEqual({
    name: 'a',
    config: { x: '1' },
    initialState: 'PAUSED',
  });
  expect(from('{"config":{}}')).toEqual({ name: null, config: {}, initialState: null });
  expect(from('{"name":null,"config":{},"initial_state":null}')).toEqual({
    name: null,
    config: {},
    initialState: null,
  });
  expect(from('{"name":5,"config":{}}').name).toBe('5');
});

test.each([
  ['[]', 'The request body must be a JSON object, but is an array'],
  ['null', 'The request body must be a JSON object, but is null'],
  ['"x"', 'The request body must be a JSON object, but is a string'],
  ['{}', "The request body has no 'config': an object with the connector's properties"],
  ['{"config":null}', "The request body has no 'config': an object with the connector's properties"],
  ['{"config":"x"}', "'config' must be a JSON object of strings, but is a string"],
  ['{"config":{},"name":{}}', "'name' must be a string, but is an object"],
  ['{"config":{},"foo":1}', 'Unrecognized field "foo"; the known fields are name, config, initial_state'],
  ['{"config":{},"initial_state":"GONE"}', '\'initial_state\' must be one of RUNNING, PAUSED, STOPPED, but is "GONE"'],
  ['{"config":{},"initial_state":5}', "'initial_state' must be one of RUNNING, PAUSED, STOPPED, but is a number"],
  ['{"config":{},"initial_state":{}}', "'initial_state' must be one of RUNNING, PAUSED, STOPPED, but is an object"],
])('%s is refused', (text, message) => {
  expect(() => from(text)).toThrow(expect.objectContaining({ status: 400, message }));
});
