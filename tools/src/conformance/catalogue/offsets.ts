import { FOLDER, SIDE, type Scenario, type Step } from '../step.js';
import { Life, scenario, sink, source } from './life.js';

const reading = (it: Life, part: string): Step => ({
  ...it.get('/offsets'),
  until: ({ text }) => text.includes(part),
});

const patch = (it: Life, partition: unknown, offset: unknown): Step =>
  it.send('PATCH', '/offsets', { offsets: [{ partition, offset }] });

/** The group's members may still be about to leave it: the reference then says so. */
const patient = (step: Step): Step => ({ ...step, until: ({ status }) => status === 200 });

const FILE = { filename: `${FOLDER}/in.txt` };

const SOURCE_CHANGES: readonly (readonly [partition: unknown, offset: unknown])[] = [
  [FILE, { position: 4 }],
  [FILE, { position: 0 }],
  [FILE, { position: -1 }],
  [FILE, { position: '4' }],
  [FILE, { position: 1.5 }],
  [FILE, { position: 1.0 }],
  [FILE, { position: true }],
  [FILE, { position: null }],
  [FILE, { position: {} }],
  [FILE, { position: { a: 1 } }],
  [FILE, { position: [1] }],
  [FILE, { position: 9007199254740993n.toString() }],
  [FILE, {}],
  [FILE, { pos: 1 }],
  [FILE, { position: 4, more: 'x' }],
  [{}, { position: 1 }],
  [{ file: 'x' }, { position: 1 }],
  [{ filename: null }, { position: 1 }],
  [{ filename: 5 }, { position: 1 }],
  [{ filename: { a: 1 } }, { position: 1 }],
  [{ ...FILE, more: 'x' }, { position: 1 }],
  [{ filename: '/elsewhere' }, { position: 1 }],
  [{ filename: '/elsewhere' }, null],
  [{ filename: '/never-there' }, null],
  [null, { position: 1 }],
  [undefined, undefined],
];

function ofSource(): Scenario {
  const it = new Life('of-source');
  return scenario(
    it.create(source('of-source')),
    it.until('RUNNING'),
    reading(it, '"position":14'),
    patch(it, FILE, { position: 4 }),
    it.send('DELETE', '/offsets'),
    it.send('PUT', '/pause'),
    it.until('PAUSED'),
    patch(it, FILE, { position: 4 }),
    it.send('PUT', '/stop'),
    it.until('STOPPED', 0),
    ...SOURCE_CHANGES.flatMap(([partition, offset]) => [patch(it, partition, offset), it.get('/offsets')]),
    it.send('PATCH', '/offsets', '{"offsets":[]}'),
    it.send(
      'PATCH',
      '/offsets',
      '{"offsets":[{"partition":{"filename":"/a"},"offset":{"position":9007199254740993}}]}',
    ),
    it.send(
      'PATCH',
      '/offsets',
      '{"offsets":[{"partition":{"filename":"/a"},"offset":{"position":9223372036854775808}}]}',
    ),
    it.send('PATCH', '/offsets', '{"offsets":[{"partition":{"filename":"/a"},"offset":{"position":1e2}}]}'),
    it.send('PATCH', '/offsets', {
      offsets: [
        { partition: { filename: '/b' }, offset: { position: 1 } },
        { partition: { filename: '/b' }, offset: { position: 2 } },
        { partition: { filename: '/c' }, offset: null },
        { partition: { filename: '/a' }, offset: null },
      ],
    }),
    it.get('/offsets'),
    it.send('DELETE', '/offsets'),
    it.get('/offsets'),
    it.send('DELETE', '/offsets'),
    it.end(),
    it.get('/offsets'),
  );
}

const TOPIC = `${SIDE}-of-sink`;
const PARTITION = { kafka_topic: TOPIC, kafka_partition: 0 };

const SINK_CHANGES: readonly (readonly [partition: unknown, offset: unknown])[] = [
  [PARTITION, { kafka_offset: '2' }],
  [{ kafka_topic: TOPIC, kafka_partition: '0' }, { kafka_offset: 1 }],
  [PARTITION, { kafka_offset: 1.5 }],
  [PARTITION, { kafka_offset: 'x' }],
  [PARTITION, { kafka_offset: -1 }],
  [PARTITION, { kafka_offset: null }],
  [PARTITION, { kafka_offset: true }],
  [PARTITION, { kafka_offset: {} }],
  [PARTITION, { kafka_offset: [] }],
  [PARTITION, { kafka_offset: 1, more: 2 }],
  [PARTITION, { offset: 1 }],
  [PARTITION, {}],
  [null, { kafka_offset: 1 }],
  [{}, { kafka_offset: 1 }],
  [{ kafka_topic: TOPIC }, { kafka_offset: 1 }],
  [{ kafka_partition: 0 }, { kafka_offset: 1 }],
  [{ kafka_topic: null, kafka_partition: 0 }, { kafka_offset: 1 }],
  [{ kafka_topic: 5, kafka_partition: 0 }, { kafka_offset: 1 }],
  [{ kafka_topic: TOPIC, kafka_partition: null }, { kafka_offset: 1 }],
  [{ kafka_topic: TOPIC, kafka_partition: 'x' }, { kafka_offset: 1 }],
  [{ kafka_topic: TOPIC, kafka_partition: 1.5 }, { kafka_offset: 1 }],
  [{ kafka_topic: TOPIC, kafka_partition: -1 }, { kafka_offset: 1 }],
  [{ kafka_topic: TOPIC, kafka_partition: 7 }, { kafka_offset: 1 }],
  [{ kafka_topic: { a: 1 }, kafka_partition: 0 }, { kafka_offset: 1 }],
  [{ ...PARTITION, more: 'x' }, { kafka_offset: 1 }],
];

function ofSink(): Scenario {
  const feed = new Life('feed');
  const it = new Life(`${SIDE}-sink`);
  return scenario(
    feed.create(source('of-sink')),
    feed.until('RUNNING'),
    it.create(sink('of-sink')),
    it.until('RUNNING'),
    reading(it, '"kafka_offset":3'),
    { ...it.get('/topics'), until: ({ text }: { text: string }) => text.includes('of-sink"]') },
    { ...feed.get('/topics'), until: ({ text }: { text: string }) => text.includes('of-sink"]') },
    reading(feed, '"position":14'),
    feed.send('PUT', '/topics/reset'),
    { ...feed.get('/topics'), until: ({ text }: { text: string }) => text.includes('[]') },
    patch(it, PARTITION, { kafka_offset: 1 }),
    it.send('DELETE', '/offsets'),
    it.send('PUT', '/stop'),
    it.until('STOPPED', 0),
    patient(patch(it, PARTITION, { kafka_offset: 1 })),
    it.get('/offsets'),
    ...SINK_CHANGES.flatMap(([partition, offset]) => [patch(it, partition, offset), it.get('/offsets')]),
    patch(it, PARTITION, { kafka_offset: '9007199254740993' }),
    patch(it, PARTITION, null),
    it.get('/offsets'),
    it.send('DELETE', '/offsets'),
    it.get('/offsets'),
    it.send('DELETE', '/offsets'),
    it.end(),
    feed.end(),
  );
}

export const offsets: Scenario[] = [ofSource(), ofSink()];
