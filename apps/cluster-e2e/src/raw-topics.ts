import { kafkaClients, type IncomingRecord, type OutgoingRecord } from '@tributary/kafka-client';

/** Records as they are in Kafka, byte for byte. */
export class RawTopics {
  private readonly properties: Readonly<Record<string, string>>;

  constructor(bootstrapServers: string) {
    this.properties = { 'bootstrap.servers': bootstrapServers };
  }

  async create(topic: string, partitions = 1): Promise<void> {
    const admin = kafkaClients.admin(this.properties);
    await admin.createTopic({ name: topic, partitions, replicationFactor: 1, configs: {} });
    await admin.close();
  }

  async write(records: readonly OutgoingRecord[]): Promise<void> {
    const producer = kafkaClients.producer(this.properties);
    await producer.send(records);
    await producer.close();
  }

  /** What is there now, in order per partition; none where the topic is not there. */
  async read(topic: string): Promise<IncomingRecord[]> {
    const admin = kafkaClients.admin(this.properties);
    const there = (await admin.partitionCounts([topic])).has(topic);
    await admin.close();
    if (!there) return [];
    const records: IncomingRecord[] = [];
    const reader = kafkaClients.topicReader(this.properties, {
      topic,
      isolation: 'read_uncommitted',
      onRecords: (more) => void records.push(...more),
    });
    await reader.start();
    await reader.stop();
    return records;
  }

  /** Offsets that a consumer group has committed, `topic-partition` to offset. */
  async committed(group: string): Promise<Record<string, number>> {
    const admin = kafkaClients.admin(this.properties);
    const offsets = await admin.groupOffsets(group);
    await admin.close();
    return Object.fromEntries(offsets.map(({ topic, partition, offset }) => [`${topic}-${partition}`, offset]));
  }
}
