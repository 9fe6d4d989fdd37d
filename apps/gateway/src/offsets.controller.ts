import { Controller, Delete, Get, Param, Patch, Req, Res } from '@nestjs/common';
import { ConnectorOffsets } from '@tributary/control-plane';
import { alterOffsetsFrom, jsonText, parseJson, sendJsonText, type RequestWithBody } from '@tributary/rest-api';
import type { Response } from 'express';
import { FreshView } from './fresh-view.js';
import { RequestRelay } from './request-relay.js';

/** How far connectors have come: read here, changed by the leader. */
@Controller('connectors/:connector/offsets')
export class OffsetsController {
  constructor(
    private readonly fresh: FreshView,
    private readonly offsets: ConnectorOffsets,
    private readonly relay: RequestRelay,
  ) {}

  @Get()
  async read(@Param('connector') connector: string, @Res() response: Response): Promise<void> {
    await this.fresh.view();
    sendJsonText(response, 200, jsonText(await this.offsets.read(connector)));
  }

  @Patch()
  async alter(@Req() request: RequestWithBody, @Res() response: Response): Promise<void> {
    alterOffsetsFrom(parseJson(request.bodyText));
    await this.relay.relay(request, response);
  }

  @Delete()
  reset(@Req() request: RequestWithBody, @Res() response: Response): Promise<void> {
    return this.relay.relay(request, response);
  }
}
