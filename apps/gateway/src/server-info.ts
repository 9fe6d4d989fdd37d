/** Body of `GET /`: the Connect version whose API this is, what is running, and the id of the Kafka cluster behind it. */
export interface ServerInfo {
  version: string;
  commit: string;
  /** empty until Kafka has answered */
  kafka_cluster_id: string;
}
/** Nest's token for the gateway's {@link ServerInfo}. */
export const SERVER_INFO = Symbol('ServerInfo');

/** Clients choose what they may ask for by the version, so it is that of the API, not ours. */
export const serverInfo = (): ServerInfo => ({ version: '4.3.1', commit: 'tributary-0.1.0', kafka_cluster_id: '' });
