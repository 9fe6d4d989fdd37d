import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { until } from '@tributary/testing';
import { exchange, type TributaryCluster } from '@tributary/tools/cluster';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Fixture, STRINGS } from './fixture.js';

let fixture: Fixture;
let cluster: TributaryCluster;

beforeAll(async () => {
  fixture = await Fixture.start();
  cluster = await fixture.cluster('rest-offsets', 1, {
    'plugin.path': fileURLToPath(new URL('../test/rest-plugins', import.meta.url)),
    'offset.flush.interval.ms': '500',
  });
});
afterAll(() => fixture.dispose());

const contentOf = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
const pathOf = (name: string) => `/connectors/${name}/offsets`;

/** Status and body as text, as the reference 4.3.1 gave them. */
async function ask(method: string, path: string, body: unknown = ''): Promise<string> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await exchange(cluster.client.baseUrl, method, path, text);
  return `${answer.status} ${answer.text}`;
}

const failed = (status: number, message: string) => `${status} ${JSON.stringify({ error_code: status, message })}`;
const ALTERED = '200 {"message":"The offsets for this connector have been altered successfully"}';
const RESET = '200 {"message":"The offsets for this connector have been reset successfully"}';
const notStopped = (name: string) =>
  failed(
    400,
    'Connectors must be in the STOPPED state before their offsets can be modified. This can be done for the specified ' +
      `connector by issuing a 'PUT' request to the '/connectors/${name}/stop' endpoint`,
  );

async function untilOffsets(name: string, text: string): Promise<void> {
  await until(`${name} to have the offsets ${text}`, async () => (await ask('GET', pathOf(name))) === text, 60_000);
}

async function stop(name: string): Promise<void> {
  expect(await ask('PUT', `/connectors/${name}/stop`)).toBe('204 ');
}

test('what is missing is said before what is unknown', async () => {
  const missing = failed(400, 'Partitions / offsets need to be provided for an alter offsets request');
  for (const body of [{}, { offsets: [] }]) expect(await ask('PATCH', pathOf('nope'), body)).toBe(missing);
  const unknown = failed(404, 'Connector nope not found');
  expect(await ask('PATCH', pathOf('nope'), { offsets: [{ partition: { a: 1 }, offset: null }] })).toBe(unknown);
  expect(await ask('GET', pathOf('nope'))).toBe(unknown);
  expect(await ask('DELETE', pathOf('nope'))).toBe(unknown);
  expect(await ask('PUT', '/connectors/nope/stop')).toBe(failed(404, 'Unknown connector nope'));
});

test('the offsets of a source are read, altered and reset, and the source goes on from them', async () => {
  const [input, output] = [fixture.file('in.txt'), fixture.file('out.txt')];
  writeFileSync(input, 'one\ntwo\n');
  const source = { 'connector.class': 'FileStreamSource', file: input, topic: 'lines', ...STRINGS };
  const sink = { 'connector.class': 'FileStreamSink', file: output, topics: 'lines', ...STRINGS };
  await cluster.client.create('src', source);
  await cluster.client.create('copy', sink);
  const at = (position: string) =>
    `200 {"offsets":[{"partition":{"filename":"${input}"},"offset":{"position":${position}}}]}`;
  await untilOffsets('src', at('8'));
  const alter = (offset: unknown, partition: unknown = { filename: input }) =>
    ask('PATCH', pathOf('src'), { offsets: [{ partition, offset }] });

  expect(await alter({ position: 4 })).toBe(notStopped('src'));
  expect(await ask('DELETE', pathOf('src'))).toBe(notStopped('src'));
  await ask('PUT', '/connectors/src/pause');
  await cluster.client.untilState('src', 'PAUSED', 1);
  expect(await ask('DELETE', pathOf('src'))).toBe(notStopped('src'));

  await stop('src');
  expect(await alter({ position: 4 })).toBe(ALTERED);
  expect(await ask('GET', pathOf('src'))).toBe(at('4'));
  const long = "The value for the 'position' key in the offset is expected to be a Long value";
  for (const position of ['4', 1.5, true, null]) expect(await alter({ position })).toBe(failed(500, long));
  const wrong: [unknown, unknown, string][] = [
    [{ position: -1 }, undefined, "The value for the 'position' key in the offset should be a non-negative value"],
    [{ pos: 1 }, undefined, "Offset objects should either be null or contain the key 'position'"],
    [{ position: 1 }, { nofilename: 'x' }, "Partition objects should contain the key 'filename'"],
    [{ position: 1 }, null, 'Partition objects cannot be null'],
    [
      { position: { a: 1 } },
      undefined,
      'Offsets may only contain primitive types as values, but field position contains MAP',
    ],
  ];
  for (const [offset, partition, message] of wrong) {
    expect(await alter(offset, partition)).toBe(failed(500, message));
  }
  expect(await ask('GET', pathOf('src'))).toBe(at('4'));
  const exact = '9223372036854775807';
  const one = `{"partition":{"filename":"${input}"},"offset":{"position":1}}`;
  const large = `{"partition":{"filename":"${input}"},"offset":{"position":${exact}}}`;
  expect(await ask('PATCH', pathOf('src'), `{"offsets":[${one},${large}]}`)).toBe(ALTERED);
  expect(await ask('GET', pathOf('src'))).toBe(at(exact));
  expect(await alter(null)).toBe(ALTERED);
  expect(await ask('GET', pathOf('src'))).toBe('200 {"offsets":[]}');

  expect(await alter({ position: 4 })).toBe(ALTERED);
  await until('both lines to be copied', () => contentOf(output) === 'one\ntwo\n', 30_000);
  await ask('PUT', '/connectors/src/resume');
  await until('the second line to come again', () => contentOf(output) === 'one\ntwo\ntwo\n', 30_000);

  await stop('src');
  expect(await ask('DELETE', pathOf('src'))).toBe(RESET);
  expect(await ask('GET', pathOf('src'))).toBe('200 {"offsets":[]}');
  expect(await ask('DELETE', pathOf('src'))).toBe(RESET);
  await ask('PUT', '/connectors/src/resume');
  await until('all lines to come again', () => contentOf(output) === 'one\ntwo\ntwo\none\ntwo\n', 30_000);
  await ask('DELETE', '/connectors/copy');
  await ask('DELETE', '/connectors/src');
});

test('a new partition is stored as the reference stores it, and found whatever the order of its members', async () => {
  await cluster.client.create('order', { 'connector.class': 'ChoosySource', ...STRINGS });
  await stop('order');
  const partition = { topic: 't', cluster: 'c', filename: 'f', partition: 0 };
  const offset = { position: 2, b: 1.5, a: 'x', n: null };
  await ask('PATCH', pathOf('order'), { offsets: [{ partition, offset }] });
  expect(await ask('GET', pathOf('order'))).toBe(
    '200 {"offsets":[{"partition":{"cluster":"c","filename":"f","partition":0,"topic":"t"},' +
      '"offset":{"a":"x","b":1.5,"position":2,"n":null}}]}',
  );
  const turned = { partition: 0, filename: 'f', cluster: 'c', topic: 't' };
  await ask('PATCH', pathOf('order'), { offsets: [{ partition: turned }] });
  expect(await ask('GET', pathOf('order'))).toBe('200 {"offsets":[]}');
});

test('the group of a sink is read, altered and reset, and the sink goes on from it', async () => {
  const [input, output] = [fixture.file('sink-in.txt'), fixture.file('sink-out.txt')];
  writeFileSync(input, 'one\ntwo\n');
  const source = { 'connector.class': 'FileStreamSource', file: input, topic: 'sunk', ...STRINGS };
  const sink = { 'connector.class': 'FileStreamSink', file: output, topics: 'sunk', ...STRINGS };
  await cluster.client.create('feed', source);
  await cluster.client.create('snk', { ...sink, 'consumer.override.group.id': 'own-group' });
  const at = (offset: number) =>
    `200 {"offsets":[{"partition":{"kafka_partition":0,"kafka_topic":"sunk"},"offset":{"kafka_offset":${offset}}}]}`;
  await untilOffsets('snk', at(2));
  const alter = (offset: unknown, partition: unknown = { kafka_topic: 'sunk', kafka_partition: 0 }) =>
    ask('PATCH', pathOf('snk'), { offsets: [{ partition, offset }] });
  expect(await alter({ kafka_offset: 1 })).toBe(notStopped('snk'));

  await stop('snk');
  expect(await alter({ kafka_offset: '1' }, { kafka_topic: 'sunk', kafka_partition: '0' })).toBe(ALTERED);
  expect(await ask('GET', pathOf('snk'))).toBe(at(1));
  expect(await alter({ kafka_offset: -1 })).toBe(failed(500, 'Failed to modify offsets for sink connector snk'));
  const refused = failed(500, 'Failed to alter consumer group offsets for connector snk');
  expect(await alter({ kafka_offset: 1 }, { kafka_topic: 'sunk', kafka_partition: 7 })).toBe(refused);
  expect(await alter({ kafka_offset: 1 }, { kafka_topic: 'no-such', kafka_partition: 0 })).toBe(refused);
  expect(await alter({ kafka_offset: 'z' })).toBe(
    failed(
      400,
      "Failed to parse the following Kafka offset value in the provided offsets: 'z'. Offset values for sink connectors need to be integers.",
    ),
  );
  expect(await ask('GET', pathOf('snk'))).toBe(at(1));
  await ask('PUT', '/connectors/snk/resume');
  await until('the second line to come again', () => contentOf(output) === 'one\ntwo\ntwo\n', 30_000);

  await stop('snk');
  expect(await alter(null)).toBe(ALTERED);
  expect(await ask('GET', pathOf('snk'))).toBe('200 {"offsets":[]}');
  expect(await ask('DELETE', pathOf('snk'))).toBe(RESET);
  expect(await ask('DELETE', pathOf('snk'))).toBe(RESET);
  expect(await alter(null)).toBe(refused);
  await ask('PUT', '/connectors/snk/resume');
  await until('all lines to come again', () => contentOf(output) === 'one\ntwo\ntwo\none\ntwo\n', 30_000);
});

test('a change right after a stop waits for the tasks to end', async () => {
  const input = fixture.file('hasty.txt');
  writeFileSync(input, 'one\n');
  const source = { 'connector.class': 'FileStreamSource', file: input, topic: 'hasty', ...STRINGS };
  const file = fixture.file('hasty-out.txt');
  await cluster.client.create('hasty-in', source);
  await cluster.client.create('hasty-out', { 'connector.class': 'FileStreamSink', file, topics: 'hasty', ...STRINGS });
  for (let round = 0; round < 3; round++) {
    await cluster.client.untilState('hasty-in', 'RUNNING', 1);
    await cluster.client.untilState('hasty-out', 'RUNNING', 1);
    appendFileSync(input, `more ${round}\n`);
    await stop('hasty-in');
    await stop('hasty-out');
    expect(await ask('DELETE', pathOf('hasty-in'))).toBe(RESET);
    expect(await ask('DELETE', pathOf('hasty-out'))).toBe(RESET);
    expect(await ask('GET', pathOf('hasty-in'))).toBe('200 {"offsets":[]}');
    await ask('PUT', '/connectors/hasty-in/resume');
    await ask('PUT', '/connectors/hasty-out/resume');
  }
});

test('the connector itself decides about its offsets', async () => {
  await cluster.client.create('choosy', { 'connector.class': 'ChoosySource', ...STRINGS });
  await stop('choosy');
  const answers: [string, string, string][] = [
    ['handled', ALTERED, RESET],
    ['', `200 {"message":"${unhandled('altered')}"}`, `200 {"message":"${unhandled('reset')}"}`],
    ...(
      [
        [
          'unsupported',
          "Failed to modify offsets for connector choosy because it doesn't support external modification of offsets",
        ],
        ['refuse', 'these offsets make no sense'],
        ['break', 'Failed to modify offsets for source connector choosy'],
      ] as const
    ).map(([answer, message]): [string, string, string] => [answer, failed(500, message), failed(500, message)]),
  ];
  const offsets = [{ partition: { p: 1 }, offset: { o: 1 } }];
  for (const [answer, altered, reset] of answers) {
    await ask('PATCH', '/connectors/choosy/config', { answer });
    expect(await ask('PATCH', pathOf('choosy'), { offsets })).toBe(altered);
    expect(await ask('DELETE', pathOf('choosy'))).toBe(reset);
    expect(await ask('GET', pathOf('choosy'))).toBe('200 {"offsets":[]}');
  }
  // One that hangs keeps nobody else from anything.
  await ask('PATCH', '/connectors/choosy/config', { answer: 'hang' });
  ask('DELETE', pathOf('choosy')).catch(() => undefined);
  expect(await ask('PUT', '/connectors/order/stop')).toBe('204 ');
  expect(await ask('DELETE', pathOf('order'))).toContain('have been reset successfully');
});

const unhandled = (done: string) =>
  `The Connect framework-managed offsets for this connector have been ${done} successfully. However, if this connector ` +
  `manages offsets externally, they will need to be manually ${done} in the system that the connector uses.`;
