import type { ServerResponse } from 'node:http';
import { Controller, Get, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import {
  flagFrom,
  InternalRequestGuard,
  MASKS_PARAMETER,
  parseJson,
  previewFrom,
  redriveFrom,
  sendJsonText,
  type QueryValue,
  type RequestWithBody,
} from '@tributary/rest-api';
import { LateExecutor } from './late-executor.js';

/** What the leading herder asks of any executor for a connector; signed requests only. */
@Controller('internal/tools')
@UseGuards(InternalRequestGuard)
export class ToolsController {
  constructor(private readonly executor: LateExecutor) {}

  @Post(':connector/preview')
  async preview(
    @Param('connector') connector: string,
    @Req() request: RequestWithBody,
    @Res() response: ServerResponse,
    @Query(MASKS_PARAMETER) masks?: QueryValue,
  ): Promise<void> {
    const wanted = { ...previewFrom(parseJson(request.bodyText)), masks: flagFrom(masks) };
    sendJsonText(response, 200, await this.executor.tools().preview(connector, wanted));
  }

  @Post(':connector/redrive')
  async redrive(
    @Param('connector') connector: string,
    @Req() request: RequestWithBody,
    @Res() response: ServerResponse,
  ): Promise<void> {
    const wanted = redriveFrom(parseJson(request.bodyText));
    sendJsonText(response, 200, await this.executor.tools().redrive(connector, wanted));
  }

  @Get(':connector/redrive')
  redriving(@Param('connector') connector: string): boolean {
    return this.executor.tools().isRedriving(connector);
  }
}
