import { request, singles, type Body, type Scenario, type Step } from '../step.js';

const TYPE = { 'content-type': 'application/json' };

/** Bodies that are no JSON, or not the JSON that is wanted. */
const ODD: readonly Body[] = [
  '{bad',
  '{',
  '}',
  '{"name":"a"',
  '{"name":"a","config":{}} trailing',
  '{"name":"a","config":{}}{}',
  '',
  '  ',
  '\n\n',
  'null',
  '""',
  '"x"',
  '"  "',
  '[]',
  '[{}]',
  '5',
  '-1.5e3',
  'true',
  'false',
  'nonsense',
  "{'name':'a'}",
  '{/*x*/"name":"a"}',
  '{"name":"a","config":{"x":NaN}}',
  '['.repeat(1500),
  '{"a":'.repeat(1500),
  '{"name":"a","config":{"connector.class":"Foo","x":01}}',
  '{"name":"a\u0001"}',
  '{"name":"\\q"}',
  '{"name":"\\ud800"}',
  '{"name":"a",}',
  '{name:"a"}',
  'name=a&config=b',
  '<a/>',
  '{}',
  '{"x":{}}',
  '{"x":[1]}',
  '{"connector.class":{}}',
  Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  Buffer.from([0x22, 0xc3]),
  Buffer.from('{"name":"a"}', 'utf16le'),
];

const NAMED = '{"name":"a","config":';

/** Shapes of a create request that cannot be right. */
const CREATES: readonly Body[] = [
  `${NAMED}null}`,
  `${NAMED}"x"}`,
  `${NAMED}[]}`,
  `${NAMED}5}`,
  `${NAMED}{"x":{}}}`,
  `${NAMED}{"x":["y"]}}`,
  `${NAMED}{},"foo":1}`,
  `${NAMED}{},"tasks":[]}`,
  ...['"BOGUS"', '""', '" RUNNING"', '5', 'true', '{}', '[]'].map((state) => `${NAMED}{},"initial_state":${state}}`),
  '{"name":{},"config":{}}',
  '{"name":["a"],"config":{}}',
  '{"Name":"a","Config":{}}',
  '\uFEFF{"name":"a"}',
];

const OFFSETS: readonly Body[] = [
  '{"offsets":null}',
  '{"offsets":[]}',
  '{"offsets":{}}',
  '{"offsets":"x"}',
  '{"offsets":5}',
  '{"offsets":[null]}',
  '{"offsets":[1]}',
  '{"offsets":[[]]}',
  '{"offsets":[{}]}',
  '{"offsets":[{"partition":"x"}]}',
  '{"offsets":[{"partition":[]}]}',
  '{"offsets":[{"partition":{"a":1},"offset":5}]}',
  '{"offsets":[{"partition":{"a":1},"offset":"x"}]}',
  '{"offsets":[{"partition":{"a":1},"offset":null}]}',
  '{"offsets":[{"partition":{"a":1},"offset":{"b":2},"more":1}]}',
  '{"offsets":[{"partition":{"a":1},"offset":{"b":9223372036854775808}}]}',
  '{"offsets":[{"partition":{"a":{"b":1}},"offset":{"b":[1]}}]}',
  '{"offsets":[{"partition":{"a":1}}],"more":1}',
  '{"Offsets":[]}',
];

const LEVELS: readonly Body[] = [
  '{"level":null}',
  '{"level":""}',
  '{"level":"bogus"}',
  '{"level":5}',
  '{"level":true}',
  '{"level":{}}',
  '{"level":[]}',
  '{"Level":"INFO"}',
  '{"more":"x"}',
];

const toEach = (method: string, path: string, bodies: readonly Body[]): Step[] =>
  bodies.map((body) => request(method, path, body, TYPE));

/** What resources that read no body are sent by real clients, and worse. */
const IGNORED: readonly Body[] = ['', 'null', '""', '{}', '[]', '{bad', 'x=1', '"x"', '{"a":1}'];

const NO_BODY: readonly (readonly [method: string, path: string])[] = [
  ['PUT', '/connectors/nope/pause'],
  ['PUT', '/connectors/nope/resume'],
  ['PUT', '/connectors/nope/stop'],
  ['POST', '/connectors/nope/restart'],
  ['POST', '/connectors/nope/restart?includeTasks=true'],
  ['POST', '/connectors/nope/tasks/0/restart'],
  ['PUT', '/connectors/nope/topics/reset'],
  ['DELETE', '/connectors/nope'],
  ['DELETE', '/connectors/nope/offsets'],
  ['GET', '/connectors/nope'],
  ['GET', '/connector-plugins'],
];

/** Bodies to everything that reads one, and to everything that does not. */
export const bodies: Scenario[] = singles([
  ...toEach('POST', '/connectors', [...ODD, ...CREATES]),
  ...toEach('PUT', '/connectors/nope/config', ODD),
  ...toEach('PATCH', '/connectors/nope/config', [...ODD, '{"a":null}', '{"a":"b"}', '{"a":5}']),
  ...toEach('PUT', '/connector-plugins/FileStreamSource/config/validate', ODD),
  ...toEach('PATCH', '/connectors/nope/offsets', [...ODD, ...OFFSETS]),
  ...toEach('PUT', '/admin/loggers/nope', [...ODD, ...LEVELS]),
  ...toEach('PUT', '/admin/loggers/nope?scope=cluster', [...ODD.slice(0, 12), ...LEVELS]),
  request('POST', '/connectors', `{"name":"a","config":{"x":"${'y'.repeat(17_000_000)}"}}`, TYPE),
  ...NO_BODY.flatMap(([method, path]) => toEach(method, path, IGNORED)),
  ...NO_BODY.flatMap(([method, path]) => IGNORED.map((body) => request(method, path, body, { 'content-type': null }))),
]);
