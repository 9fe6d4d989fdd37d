export { ConnectClient, type Answer } from './connect-client.js';
export { ReferenceWorker } from './reference-worker.js';
export { TributaryCluster, type ClusterOptions, type Member, type Role } from './tributary-cluster.js';
