import type { SinkRecord, TopicPartition, TopicPartitionOffset } from '@tributary/connect-api';
import type { IncomingRecord } from '@tributary/kafka-client';
import { partitionName } from './sink-offsets.js';

/** Records that were read and that the task has not taken yet, and how far reading is. */
export class PendingRecords {
  records: SinkRecord[] = [];
  private positions = new Map<string, TopicPartitionOffset>();

  /** Notes how far `incoming` reaches, whether its records come to the task or are left out. */
  reached(incoming: readonly IncomingRecord[]): void {
    for (let index = 0; index < incoming.length; index++) {
      const record = incoming[index];
      const next = incoming[index + 1];
      if (record === undefined) continue;
      if (next !== undefined && next.partition === record.partition && next.topic === record.topic) continue;
      const { topic, partition, offset } = record;
      this.positions.set(partitionName(record), { topic, partition, offset: offset + 1 });
    }
  }

  /** The first `count` records are done with, in their order: returns how far that is. */
  passed(count: number): readonly TopicPartitionOffset[] {
    const positions = new Map<string, TopicPartitionOffset>();
    for (const { originalTopic: topic, originalKafkaPartition: partition, ...record } of this.records.slice(0, count)) {
      const name = partitionName({ topic, partition });
      positions.set(name, { topic, partition, offset: record.originalKafkaOffset + 1 });
    }
    // The task may have kept the array that it was given.
    this.records = this.records.slice(count);
    return [...positions.values()];
  }

  /** All has been delivered: returns how far that is. */
  done(): readonly TopicPartitionOffset[] {
    const positions = [...this.positions.values()];
    this.records = [];
    this.positions = new Map();
    return positions;
  }

  /** Forgets what came from these partitions. */
  drop(partitions: readonly TopicPartition[]): void {
    const names = new Set(partitions.map(partitionName));
    for (const name of names) this.positions.delete(name);
    this.records = this.records.filter(
      (record) => !names.has(partitionName({ topic: record.originalTopic, partition: record.originalKafkaPartition })),
    );
  }
}
