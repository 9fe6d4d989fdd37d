import type { TopicSpec } from '../api.js';
import type { KafkaRequest } from '../connection/request.js';
import { ByteReader } from '../protocol/byte-reader.js';
import { ByteWriter } from '../protocol/byte-writer.js';

export interface NamedResult {
  readonly name: string;
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

/**
 * CreateTopics Request (version 4) => [name num_partitions replication_factor [assignments] [config value]] timeout_ms
 *   validate_only; -1 for the numbers: the broker's default
 * Response => throttle_time_ms [name error_code error_message]
 */
export function createTopicRequest(spec: TopicSpec, timeoutMs: number): KafkaRequest<NamedResult[]> {
  return {
    apiKey: 19,
    apiVersion: 4,
    name: 'CreateTopics',
    waitMs: timeoutMs,
    encode: () =>
      new ByteWriter()
        .array([spec], (to, topic) =>
          to
            .string(topic.name)
            .int32(topic.partitions)
            .int16(topic.replicationFactor)
            .int32(0)
            .array(Object.entries(topic.configs), (into, [name, value]) => into.string(name).nullableString(value)),
        )
        .int32(timeoutMs)
        .boolean(false)
        .result(),
    decode: (body) => {
      const reader = new ByteReader(body);
      reader.int32();
      return reader.array((from) => ({
        name: from.string(),
        errorCode: from.int16(),
        errorMessage: from.nullableString(),
      }));
    },
  };
}

/**
 * DeleteTopics Request (version 3) => [name] timeout_ms
 * Response => throttle_time_ms [name error_code]
 */
export function deleteTopicRequest(topic: string, timeoutMs: number): KafkaRequest<NamedResult[]> {
  return {
    apiKey: 20,
    apiVersion: 3,
    name: 'DeleteTopics',
    waitMs: timeoutMs,
    encode: () =>
      new ByteWriter()
        .array([topic], (to, name) => to.string(name))
        .int32(timeoutMs)
        .result(),
    decode: (body) => {
      const reader = new ByteReader(body);
      reader.int32();
      return reader.array((from) => ({ name: from.string(), errorCode: from.int16(), errorMessage: null }));
    },
  };
}

export interface TopicConfigAnswer extends NamedResult {
  /** a sensitive one has no value */
  readonly configs: readonly { readonly name: string; readonly value: string | null }[];
}

const TOPIC_RESOURCE = 2;

/**
 * DescribeConfigs Request (version 2) => [resource_type resource_name [config_names]] include_synonyms
 * Response => throttle_time_ms [error_code error_message resource_type resource_name [name value read_only config_source
 *   is_sensitive [synonym: name value source]]]
 */
export function describeTopicConfigsRequest(topic: string): KafkaRequest<TopicConfigAnswer[]> {
  return {
    apiKey: 32,
    apiVersion: 2,
    name: 'DescribeConfigs',
    encode: () =>
      new ByteWriter()
        .array([topic], (to, name) => to.int8(TOPIC_RESOURCE).string(name).int32(-1))
        .boolean(false)
        .result(),
    decode: (body) => {
      const reader = new ByteReader(body);
      reader.int32();
      return reader.array((from) => {
        const errorCode = from.int16();
        const errorMessage = from.nullableString();
        from.int8();
        return { errorCode, errorMessage, name: from.string(), configs: from.array(readConfig) };
      });
    },
  };
}

function readConfig(reader: ByteReader): { name: string; value: string | null } {
  const name = reader.string();
  const value = reader.nullableString();
  reader.boolean();
  reader.int8();
  reader.boolean();
  reader.array((synonym) => {
    synonym.string();
    synonym.nullableString();
    synonym.int8();
  });
  return { name, value };
}
