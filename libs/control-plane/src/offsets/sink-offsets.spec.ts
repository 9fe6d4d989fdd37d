import { expect, test } from 'vitest';
import { sinkOffsetsBody, sinkOffsetsFrom } from './sink-offsets.js';

const at = { kafka_topic: 't', kafka_partition: 0 };
const read = (partition: Record<string, unknown> | null, offset: Record<string, unknown> | null) => [
  ...sinkOffsetsFrom([{ partition, offset }]),
];

test('numbers and numeric strings are read, null forgets', () => {
  expect(read({ kafka_topic: 't', kafka_partition: '3' }, { kafka_offset: '+7' })).toEqual([
    [{ topic: 't', partition: 3 }, 7],
  ]);
  expect(read({ ...at, extra: 1 }, null)).toEqual([[{ topic: 't', partition: 0 }, null]]);
  expect(read(at, { kafka_offset: -1 })).toEqual([[{ topic: 't', partition: 0 }, -1]]);
});

test('of the same partition given twice the last counts', () => {
  const twice = [1, 2].map((offset) => ({ partition: at, offset: { kafka_offset: offset } }));
  expect([...sinkOffsetsFrom(twice)]).toEqual([[{ topic: 't', partition: 0 }, 2]]);
});

const KEYS = "The partition for a sink connector offset must contain the keys 'kafka_topic' and 'kafka_partition'";
const badPartition = (value: string) =>
  `Failed to parse the following Kafka partition value in the provided offsets: '${value}'. ` +
  'Partition values for sink connectors need to be integers.';
const badOffset = (value: string) =>
  `Failed to parse the following Kafka offset value in the provided offsets: '${value}'. ` +
  'Offset values for sink connectors need to be integers';

test.each([
  [null, null, 'The partition for a sink connector offset cannot be null or missing'],
  [{ kafka_topic: 't' }, null, KEYS],
  [{ kafka_partition: 0 }, null, KEYS],
  [{ kafka_topic: null, kafka_partition: 0 }, null, 'Kafka topic names must be valid strings and may not be null'],
  [{ kafka_topic: 't', kafka_partition: null }, null, 'Kafka partitions must be valid numbers and may not be null'],
  [{ kafka_topic: 't', kafka_partition: 'x' }, null, badPartition('x')],
  [{ kafka_topic: 't', kafka_partition: '99999999999' }, null, badPartition('99999999999')],
  [at, {}, "The offset for a sink connector should either be null or contain the key 'kafka_offset'"],
  [at, { kafka_offset: 'z' }, badOffset('z')],
  [at, { kafka_offset: 1.5 }, badOffset('1.5')],
  [at, { kafka_offset: true }, badOffset('true')],
  [at, { kafka_offset: null }, badOffset('null')],
  [at, { kafka_offset: ' 1' }, badOffset(' 1')],
  [at, { kafka_offset: 9007199254740993n }, badOffset('9007199254740993')],
])('%o to %o is refused as the reference does', (partition, offset, message) => {
  expect(() => read(partition, offset)).toThrow(message);
});

test('offsets are shown by topic and partition', () => {
  const offsets = [
    { topic: 'b', partition: 0, offset: 3 },
    { topic: 'a', partition: 10, offset: 2 },
    { topic: 'a', partition: 9, offset: 1 },
  ];
  expect(JSON.stringify(sinkOffsetsBody(offsets).offsets[0])).toBe(
    '{"partition":{"kafka_partition":9,"kafka_topic":"a"},"offset":{"kafka_offset":1}}',
  );
  expect(sinkOffsetsBody(offsets).offsets.map(({ offset }) => offset.kafka_offset)).toEqual([1, 2, 3]);
});
