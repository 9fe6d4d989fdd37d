import { Controller, Get, Inject } from '@nestjs/common';
import { SERVER_INFO, type ServerInfo } from './server-info.js';

@Controller()
export class RootController {
  constructor(@Inject(SERVER_INFO) private readonly info: ServerInfo) {}

  @Get()
  root(): ServerInfo {
    return this.info;
  }
}
