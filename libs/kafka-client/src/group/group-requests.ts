import type { KafkaRequest } from '../connection/request.js';
import { ByteReader } from '../protocol/byte-reader.js';
import { ByteWriter } from '../protocol/byte-writer.js';

/** Who a request comes from. */
export interface MemberIdentity {
  readonly groupId: string;
  readonly generationId: number;
  readonly memberId: string;
  /** `group.instance.id`: a static member, which keeps its assignment over a restart */
  readonly instanceId: string | null;
}

/** One way of assigning that a member is ready to follow, with what it tells the leader. */
export interface OfferedProtocol {
  readonly name: string;
  readonly metadata: Buffer;
}

export interface GroupMember {
  readonly memberId: string;
  readonly instanceId: string | null;
  readonly metadata: Buffer;
}

export interface JoinAnswer {
  readonly errorCode: number;
  readonly generationId: number;
  readonly protocolName: string;
  readonly leaderId: string;
  readonly memberId: string;
  /** only the leader learns of the others */
  readonly members: readonly GroupMember[];
}

/**
 * JoinGroup Request (version 5) => group_id session_timeout_ms rebalance_timeout_ms member_id group_instance_id
 *   protocol_type [name metadata]
 * Response => throttle_time_ms error_code generation_id protocol_name leader member_id [member_id group_instance_id metadata]
 *
 * The broker answers when all members have joined, or when the rebalance timeout is over.
 */
export function joinGroupRequest(
  member: MemberIdentity,
  timeouts: { readonly sessionTimeoutMs: number; readonly rebalanceTimeoutMs: number },
  protocolType: string,
  protocols: readonly OfferedProtocol[],
): KafkaRequest<JoinAnswer> {
  return {
    apiKey: 11,
    apiVersion: 5,
    name: 'JoinGroup',
    waitMs: timeouts.rebalanceTimeoutMs,
    encode: () =>
      new ByteWriter()
        .string(member.groupId)
        .int32(timeouts.sessionTimeoutMs)
        .int32(timeouts.rebalanceTimeoutMs)
        .string(member.memberId)
        .nullableString(member.instanceId)
        .string(protocolType)
        .array(protocols, (to, protocol) => to.string(protocol.name).nullableBytes(protocol.metadata))
        .result(),
    decode: (body) => {
      const reader = new ByteReader(body);
      reader.int32();
      return {
        errorCode: reader.int16(),
        generationId: reader.int32(),
        protocolName: reader.nullableString() ?? '',
        leaderId: reader.string(),
        memberId: reader.string(),
        members: reader.array((from) => ({
          memberId: from.string(),
          instanceId: from.nullableString(),
          metadata: from.nullableBytes() ?? Buffer.alloc(0),
        })),
      };
    },
  };
}

/**
 * SyncGroup Request (version 3) => group_id generation_id member_id group_instance_id [member_id assignment]
 * Response => throttle_time_ms error_code assignment
 *
 * Answered when the leader has sent the assignments.
 */
export function syncGroupRequest(
  member: MemberIdentity,
  assignments: ReadonlyMap<string, Buffer>,
  waitMs: number,
): KafkaRequest<{ errorCode: number; assignment: Buffer }> {
  return {
    apiKey: 14,
    apiVersion: 3,
    name: 'SyncGroup',
    waitMs,
    encode: () =>
      writeMember(new ByteWriter(), member)
        .array([...assignments], (to, [memberId, assignment]) => to.string(memberId).nullableBytes(assignment))
        .result(),
    decode: (body) => {
      const reader = new ByteReader(body);
      reader.int32();
      return { errorCode: reader.int16(), assignment: reader.nullableBytes() ?? Buffer.alloc(0) };
    },
  };
}

/**
 * Heartbeat Request (version 3) => group_id generation_id member_id group_instance_id
 * Response => throttle_time_ms error_code
 */
export function heartbeatRequest(member: MemberIdentity): KafkaRequest<number> {
  return {
    apiKey: 12,
    apiVersion: 3,
    name: 'Heartbeat',
    encode: () => writeMember(new ByteWriter(), member).result(),
    decode: readErrorCode,
  };
}

/**
 * LeaveGroup Request (version 3) => group_id [member_id group_instance_id]
 * Response => throttle_time_ms error_code [member_id group_instance_id error_code]
 */
export function leaveGroupRequest(member: MemberIdentity): KafkaRequest<number> {
  return {
    apiKey: 13,
    apiVersion: 3,
    name: 'LeaveGroup',
    encode: () =>
      new ByteWriter()
        .string(member.groupId)
        .array([member], (to, leaving) => to.string(leaving.memberId).nullableString(leaving.instanceId))
        .result(),
    decode: readErrorCode,
  };
}

function writeMember(writer: ByteWriter, member: MemberIdentity): ByteWriter {
  return writer
    .string(member.groupId)
    .int32(member.generationId)
    .string(member.memberId)
    .nullableString(member.instanceId);
}

function readErrorCode(body: Buffer): number {
  const reader = new ByteReader(body);
  reader.int32();
  return reader.int16();
}
