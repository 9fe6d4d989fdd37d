import { NotFoundError } from '@tributary/connect-api';
import type { ClientProperties, KafkaClientFactory } from '@tributary/kafka-client';

/** How to reach a topic: as the connector's own clients would. */
export interface TopicClients {
  readonly clients: KafkaClientFactory;
  readonly consumer: ClientProperties;
  readonly admin: ClientProperties;
}

/** What a partition has now: the offsets from `first` to before `end`. */
export interface PartitionBounds {
  readonly partition: number;
  readonly first: number;
  readonly end: number;
}

/**
 * The bounds of these partitions, or of all, in this order; the end is the one that the consumer could read to. Throws a
 * NotFoundError for a topic or partition that is not there.
 */
export async function topicBounds(
  { clients, consumer, admin: properties }: TopicClients,
  topic: string,
  wanted?: readonly number[],
): Promise<readonly PartitionBounds[]> {
  const isolation = consumer['isolation.level'] === 'read_committed' ? 'read_committed' : 'read_uncommitted';
  const admin = clients.admin(properties);
  try {
    const count = (await admin.partitionCounts([topic])).get(topic);
    if (count === undefined) throw new NotFoundError(`Topic ${topic} not found`);
    const numbers = wanted ?? Array.from({ length: count }, (_, number) => number);
    const unknown = numbers.find((number) => number >= count);
    if (unknown !== undefined) {
      throw new NotFoundError(`Topic ${topic} has no partition ${unknown}: it has ${count}, from 0`);
    }
    const partitions = numbers.map((partition) => ({ topic, partition }));
    const [starts, ends] = await Promise.all([
      admin.listOffsets(partitions, 'earliest'),
      admin.listOffsets(partitions, 'latest', isolation),
    ]);
    const at = (offsets: typeof starts, partition: number): number =>
      offsets.find((each) => each.partition === partition)?.offset ?? 0;
    return numbers.map((partition) => ({ partition, first: at(starts, partition), end: at(ends, partition) }));
  } finally {
    await admin.close();
  }
}
