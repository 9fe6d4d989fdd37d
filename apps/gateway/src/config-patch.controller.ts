import { Controller, Patch, Req, Res } from '@nestjs/common';
import { configFrom, parseJson, type RequestWithBody } from '@tributary/rest-api';
import type { Response } from 'express';
import { RequestRelay } from './request-relay.js';

/** Changes of single properties: what the patch gives is set, what is null in it is removed. */
@Controller('connectors/:connector/config')
export class ConfigPatchController {
  constructor(private readonly relay: RequestRelay) {}

  @Patch()
  async patch(@Req() request: RequestWithBody, @Res() response: Response): Promise<void> {
    configFrom(parseJson(request.bodyText), 'The patch of the connector configuration');
    await this.relay.relay(request, response);
  }
}
