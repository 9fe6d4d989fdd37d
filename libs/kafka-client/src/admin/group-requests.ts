import type { GroupDescription } from '../api.js';
import type { KafkaRequest } from '../connection/request.js';
import { ByteReader } from '../protocol/byte-reader.js';
import { ByteWriter } from '../protocol/byte-writer.js';

export interface GroupAnswerDescription extends GroupDescription {
  readonly errorCode: number;
}

/**
 * DescribeGroups Request (version 3) => [group] include_authorized_operations
 * Response => throttle_time_ms [error_code group_id state protocol_type protocol [member_id client_id client_host
 *   metadata assignment] authorized_operations]
 */
export function describeGroupRequest(groupId: string): KafkaRequest<GroupAnswerDescription[]> {
  return {
    apiKey: 15,
    apiVersion: 3,
    name: 'DescribeGroups',
    encode: () =>
      new ByteWriter()
        .array([groupId], (to, id) => to.string(id))
        .boolean(false)
        .result(),
    decode: (body) => {
      const reader = new ByteReader(body);
      reader.int32();
      return reader.array(readGroup);
    },
  };
}

function readGroup(reader: ByteReader): GroupAnswerDescription {
  const errorCode = reader.int16();
  reader.string();
  const state = reader.string();
  const protocolType = reader.string();
  reader.string();
  const members = reader.array((from) => {
    const memberId = from.string();
    const clientId = from.string();
    from.string();
    const metadata = from.nullableBytes() ?? Buffer.alloc(0);
    return { memberId, clientId, metadata, assignment: from.nullableBytes() ?? Buffer.alloc(0) };
  });
  reader.int32();
  return { errorCode, state, protocolType, members };
}

/**
 * DeleteGroups Request (version 1) => [group]
 * Response => throttle_time_ms [group_id error_code]
 */
export function deleteGroupRequest(groupId: string): KafkaRequest<number[]> {
  return {
    apiKey: 42,
    apiVersion: 1,
    name: 'DeleteGroups',
    encode: () => new ByteWriter().array([groupId], (to, id) => to.string(id)).result(),
    decode: (body) => {
      const reader = new ByteReader(body);
      reader.int32();
      return reader.array((from) => {
        from.string();
        return from.int16();
      });
    },
  };
}
