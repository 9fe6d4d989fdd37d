import { Controller, Post, Req, Res } from '@nestjs/common';
import { parseJson, previewFrom, redriveFrom, type RequestWithBody } from '@tributary/rest-api';
import type { Response } from 'express';
import { RequestRelay } from './request-relay.js';

/** Tools for a connector's records: the body's shape is checked here, the work is done by an executor. */
@Controller('connectors/:connector')
export class ToolsController {
  constructor(private readonly relay: RequestRelay) {}

  @Post('preview')
  async preview(@Req() request: RequestWithBody, @Res() response: Response): Promise<void> {
    previewFrom(parseJson(request.bodyText));
    await this.relay.relay(request, response);
  }

  @Post('dlq/redrive')
  async redrive(@Req() request: RequestWithBody, @Res() response: Response): Promise<void> {
    redriveFrom(parseJson(request.bodyText));
    await this.relay.relay(request, response, { once: true });
  }
}
