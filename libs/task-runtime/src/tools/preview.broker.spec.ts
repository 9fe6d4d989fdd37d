import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { ConnectorTools, PreviewRequest, TopicSample } from '@tributary/task-runtime';
import { ExecutorFixture, unique } from '../testing/executor-fixture.js';

const SINK = { 'connector.class': 'JournalSink' };
const SMT = 'org.apache.kafka.connect.transforms.';

let fixture: ExecutorFixture;
let tools: ConnectorTools;
beforeAll(async () => {
  fixture = new ExecutorFixture(inject('bootstrapServers'), {
    'config.providers': 'file',
    'config.providers.file.class': 'org.apache.kafka.common.config.provider.FileConfigProvider',
  });
  await fixture.start();
  tools = fixture.tools();
});
afterAll(() => fixture.close());

/** A connector that is stored, and its topic with the numbers from 0 to 9 in each of two partitions. */
async function sink(more: Record<string, string> = {}): Promise<string> {
  const topic = unique('previewed');
  await fixture.createTopic(topic, 2);
  await fixture.produce(topic, 0, 20, 2);
  await fixture.configure(topic, { ...SINK, topics: topic, ...more });
  return topic;
}

const from = (more: Partial<TopicSample> = {}): TopicSample => ({
  topic: undefined,
  partition: undefined,
  offset: undefined,
  count: 3,
  ...more,
});
const one = (text: string): PreviewRequest['records'] => [
  {
    topic: undefined,
    partition: undefined,
    offset: undefined,
    timestamp: undefined,
    key: null,
    value: { form: 'text', text },
    headers: [],
  },
];
const preview = async (
  name: string,
  records: PreviewRequest['records'],
  config?: Record<string, string>,
  masks = false,
) => JSON.parse(await tools.preview(name, { config, masks, records }));

it('shows records of the topic, the last ones or those from an offset on, and commits nothing', async () => {
  const name = await sink();
  const places = async (sample: TopicSample) =>
    (await preview(name, sample)).records.map(
      ({ partition, offset, value }: { partition: number; offset: number; value: { text: string } }) =>
        `${partition}-${offset} ${value.text}`,
    );
  expect(await places(from({ partition: 1 }))).toEqual(['1-7 15', '1-8 17', '1-9 19']);
  expect(await places(from({ partition: 0, offset: 4, topic: name }))).toEqual(['0-4 8', '0-5 10', '0-6 12']);
  expect(await places(from({ partition: 0, offset: 9 }))).toEqual(['0-9 18']);
  expect((await places(from({ count: 20 }))).toSorted()).toHaveLength(20);
  expect(await fixture.committed(`connect-${name}`)).toBe(0);
  const missing = from({ partition: 0, offset: 10 });
  await expect(preview(name, missing)).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: `Partition 0 of topic ${name} has no offset 10: it has 0 to 9`,
  });
  await expect(preview(name, from({ partition: 2 }))).rejects.toMatchObject({
    code: 'NOT_FOUND',
    message: `Topic ${name} has no partition 2: it has 2, from 0`,
  });
});

it('takes a configuration that is given, and needs one for a connector that is not there', async () => {
  const config = {
    ...SINK,
    topics: 't',
    transforms: 'a',
    'transforms.a.type': `${SMT}HoistField$Value`,
    'transforms.a.field': 'f',
  };
  const given = await preview(await sink(), one('x'), config);
  expect(given.records[0].steps.at(-1).result.value.payload).toEqual({ f: 'x' });
  expect((await preview('nobody', one('x'), config)).name).toBe('nobody');
  await expect(preview('nobody', one('x'))).rejects.toMatchObject({
    code: 'NOT_FOUND',
    message: 'Connector nobody not found',
  });
});

it('works with what config providers know, and does not show it', async () => {
  const secrets = fixture.file('secrets.properties');
  writeFileSync(secrets, 'password=open-sesame\n');
  const name = await sink({
    transforms: 'a',
    'transforms.a.type': `${SMT}InsertField$Value`,
    'transforms.a.static.field': 'password',
    'transforms.a.static.value': `\${file:${secrets}:password}`,
    'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
    'value.converter.schemas.enable': 'false',
  });
  const answer = await tools.preview(name, { config: undefined, masks: false, records: one('{"a":1}') });
  expect(answer).not.toContain('open-sesame');
  expect(JSON.parse(answer).records[0].steps.at(-1).result.value.payload).toEqual({ a: 1, password: '[hidden]' });
});

it('takes a mask in a given configuration for what is stored, where masks are meant, and does not show it', async () => {
  const json = {
    'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
    'value.converter.schemas.enable': 'false',
    transforms: 'a,b',
    'transforms.a.type': `${SMT}HoistField$Value`,
    'transforms.b.type': `${SMT}InsertField$Value`,
    'transforms.b.static.field': 'password',
  };
  const name = await sink({ ...json, 'transforms.a.field': 'inner', 'transforms.b.static.value': 'open-sesame' });
  const masked = {
    ...SINK,
    ...json,
    topics: name,
    'transforms.a.field': '[hidden]',
    'transforms.b.static.value': '[hidden]',
  };
  const shown = async (masks: boolean) =>
    (await preview(name, one('{"a":1}'), masked, masks)).records[0].steps.at(-1).result.value.payload;
  expect(await shown(true)).toEqual({ inner: { a: 1 }, password: '[hidden]' });
  expect(await shown(false)).toEqual({ '[hidden]': { a: 1 }, password: '[hidden]' });
  const unknown = { ...masked, 'transforms.c.field': '[hidden]' };
  await expect(preview(name, one('{"a":1}'), unknown, true)).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringContaining('Property transforms.c.field is [hidden], which stands for the value'),
  });
});

it('does only so much at a time, and gives up plugins that do not come back', async () => {
  const name = await sink({ transforms: 'a', 'transforms.a.type': 'StuckTransform' });
  const stuck = Array.from({ length: 4 }, () => preview(name, one('x')));
  const ends = Promise.allSettled(stuck);
  await expect(preview(name, one('x'))).rejects.toMatchObject({
    code: 'CONFLICT',
    message: `Cannot begin the preview of ${name}: 4 previews and redrives run here, which is the most`,
  });
  for (const end of await ends) {
    expect(end).toMatchObject({ reason: { message: expect.stringContaining('plugin code blocked its thread') } });
  }
  expect((await preview(name, one('x'), { ...SINK, topics: 't', name })).records).toHaveLength(1);
});
