export { ConnectClient, type Answer } from './connect-client.js';
export { exchange } from './exchange.js';
export { type Exchanged } from './raw-answer.js';
export { ReferenceWorker } from './reference-worker.js';
export { TributaryCluster, type ClusterOptions, type Member, type Role } from './tributary-cluster.js';
