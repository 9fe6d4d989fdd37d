export { ClusterMembership, PROTOCOL_NAME, PROTOCOL_TYPE } from './cluster-membership.js';
export type { ClusterView } from './cluster-view.js';
export type { Assignment, MembershipListener, MembershipOptions } from './membership-options.js';
export type { ClusterMember } from './payload/member-assignment.js';
export type { Role } from './payload/member-metadata.js';
export { readCluster, type ClusterSnapshot } from './read-cluster.js';
export type { TaskId } from './task-id.js';
