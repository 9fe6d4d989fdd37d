import { Controller, Get, Inject } from '@nestjs/common';

/** Body of `GET /`: the Connect version whose API this is, what is running, and the id of the Kafka cluster behind it. */
export interface ServerInfo {
  readonly version: string;
  readonly commit: string;
  readonly kafka_cluster_id: string;
}
/** Nest's token for the gateway's {@link ServerInfo}. */
export const SERVER_INFO = Symbol('ServerInfo');

@Controller()
export class RootController {
  constructor(@Inject(SERVER_INFO) private readonly info: ServerInfo) {}

  @Get()
  root(): ServerInfo {
    return this.info;
  }
}
