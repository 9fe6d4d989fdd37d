import { ByteReader } from '../protocol/byte-reader.js';
import { ByteWriter } from '../protocol/byte-writer.js';
import type { HostPort } from './connection-settings.js';
import type { KafkaRequest } from './request.js';

export interface PartitionMetadata {
  readonly errorCode: number;
  /** -1: none at the moment */
  readonly leader: number;
}

export interface TopicMetadata {
  readonly errorCode: number;
  readonly name: string;
  readonly internal: boolean;
  /** by partition number */
  readonly partitions: ReadonlyMap<number, PartitionMetadata>;
}

export interface ClusterMetadata {
  readonly clusterId: string;
  readonly nodes: ReadonlyMap<number, HostPort>;
  readonly topics: readonly TopicMetadata[];
}

/**
 * Metadata Request (version 5) => [topic] allow_auto_topic_creation; null: all topics, empty: none.
 * Response => throttle_time_ms [node_id host port rack] cluster_id controller_id [topics]
 *   topics => error_code name is_internal [error_code partition leader [replicas] [isr] [offline_replicas]]
 */
export function metadataRequest(
  topics: readonly string[] | null,
  allowCreation: boolean,
): KafkaRequest<ClusterMetadata> {
  return {
    apiKey: 3,
    apiVersion: 5,
    name: 'Metadata',
    encode: () => {
      const writer = new ByteWriter();
      if (topics === null) writer.int32(-1);
      else writer.array(topics, (to, topic) => to.string(topic));
      return writer.boolean(allowCreation).result();
    },
    decode: (body) => {
      const reader = new ByteReader(body);
      reader.int32();
      const nodes = new Map(
        reader.array((from) => {
          const id = from.int32();
          const node = { host: from.string(), port: from.int32() };
          from.nullableString();
          return [id, node] as const;
        }),
      );
      const clusterId = reader.string();
      reader.int32();
      return { clusterId, nodes, topics: reader.array(readTopic) };
    },
  };
}

function readTopic(reader: ByteReader): TopicMetadata {
  return {
    errorCode: reader.int16(),
    name: reader.string(),
    internal: reader.boolean(),
    partitions: new Map(
      reader.array((from) => {
        const errorCode = from.int16();
        const partition = from.int32();
        const leader = from.int32();
        for (let list = 0; list < 3; list++) from.array((nodes) => nodes.int32());
        return [partition, { errorCode, leader }] as const;
      }),
    ),
  };
}

export type CoordinatorType = 'group' | 'transaction';

export interface CoordinatorAnswer extends HostPort {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly nodeId: number;
}

/**
 * FindCoordinator Request (version 2) => key key_type
 * Response => throttle_time_ms error_code error_message node_id host port
 */
export function findCoordinatorRequest(key: string, type: CoordinatorType): KafkaRequest<CoordinatorAnswer> {
  return {
    apiKey: 10,
    apiVersion: 2,
    name: 'FindCoordinator',
    encode: () =>
      new ByteWriter()
        .string(key)
        .int8(type === 'group' ? 0 : 1)
        .result(),
    decode: (body) => {
      const reader = new ByteReader(body);
      reader.int32();
      return {
        errorCode: reader.int16(),
        errorMessage: reader.nullableString(),
        nodeId: reader.int32(),
        host: reader.string(),
        port: reader.int32(),
      };
    },
  };
}
