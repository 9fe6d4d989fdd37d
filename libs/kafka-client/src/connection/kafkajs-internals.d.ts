/**
 * The shape of the parts of kafkajs 2.2.4 that this lib uses below its public API: a Broker (one node: handshake, SASL)
 * and its Connections. Nothing else in the repository knows them.
 */
declare module 'kafkajs/src/broker/index.js' {
  import type ConnectionPool from 'kafkajs/src/network/connectionPool.js';
  import type { KafkaJsLogger } from 'kafkajs/src/loggers/index.js';

  export default class Broker {
    constructor(options: {
      connectionPool: ConnectionPool;
      logger: KafkaJsLogger;
      nodeId?: number | null;
      authenticationTimeout?: number;
      allowAutoTopicCreation?: boolean;
    });
    /** By API key. Null until connected. */
    versions: Readonly<Record<number, { minVersion: number; maxVersion: number }>> | null;
    connect(): Promise<void>;
    disconnect(): Promise<void>;
  }
}

declare module 'kafkajs/src/network/connectionPool.js' {
  import type { Socket } from 'node:net';
  import type { ConnectionOptions } from 'node:tls';
  import type { KafkaJsLogger } from 'kafkajs/src/loggers/index.js';

  export interface SocketRequest {
    entry: {
      apiKey: number;
      apiName: string;
      apiVersion: number;
      correlationId: number;
      resolve: (response: { payload: Buffer | null; size: number }) => void;
      reject: (error: Error) => void;
    };
    expectResponse: boolean;
    requestTimeout: number | null;
    sendRequest: () => void;
  }

  export interface RequestQueue {
    /** those that wait to be sent */
    readonly pending: readonly SocketRequest[];
    push(request: SocketRequest): void;
    scheduleCheckPendingRequests(): void;
  }

  export interface Connection {
    readonly socket: Socket | undefined;
    readonly clientId: string;
    readonly requestQueue: RequestQueue;
    isConnected(): boolean;
    isAuthenticated(): boolean;
    authenticate(): Promise<void>;
    nextCorrelationId(): number;
    rejectRequests(error: Error): void;
    disconnect(): Promise<boolean>;
  }

  export type SaslOptions =
    | { mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; username: string; password: string }
    | { mechanism: 'oauthbearer'; oauthBearerProvider: () => Promise<{ value: string }> };

  export default class ConnectionPool {
    constructor(options: {
      host: string;
      port: number;
      logger: KafkaJsLogger;
      clientId: string;
      socketFactory: (target: {
        host: string;
        port: number;
        ssl: ConnectionOptions | null;
        onConnect: () => void;
      }) => Socket;
      ssl: ConnectionOptions | null;
      sasl: SaslOptions | null;
      connectionTimeout: number;
      requestTimeout: number;
      enforceRequestTimeout: boolean;
      maxInFlightRequests: number | null;
      reauthenticationThreshold?: number;
    });
    readonly pool: Connection[];
    getConnection(index?: number): Promise<Connection>;
  }
}

declare module 'kafkajs/src/loggers/index.js' {
  export interface KafkaJsLogger {
    namespace(name: string): KafkaJsLogger;
  }
  export interface LogEntry {
    namespace: string;
    label: string;
    log: { message: string; [key: string]: unknown };
  }
  const loggers: {
    LEVELS: { NOTHING: number; ERROR: number; WARN: number; INFO: number; DEBUG: number };
    createLogger(options: { level: number; logCreator: (level: number) => (entry: LogEntry) => void }): KafkaJsLogger;
  };
  export default loggers;
}
