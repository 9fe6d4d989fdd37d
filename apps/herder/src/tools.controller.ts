import { Controller, Param, Post, Query, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import {
  flagFrom,
  InternalRequestGuard,
  MASKS_PARAMETER,
  sendJsonText,
  type QueryValue,
  type RequestWithBody,
} from '@tributary/rest-api';
import type { Response } from 'express';
import { RefusalFilter } from './refusal.filter.js';
import { ToolRequests } from './tool-requests.js';

/** What executors do for a connector on a client's request; the leader knows them. */
@Controller('connectors')
@UseGuards(InternalRequestGuard)
@UseFilters(RefusalFilter)
export class ToolsController {
  constructor(private readonly tools: ToolRequests) {}

  @Post(':connector/preview')
  async preview(
    @Param('connector') connector: string,
    @Req() request: RequestWithBody,
    @Res() response: Response,
    @Query(MASKS_PARAMETER) masks?: QueryValue,
  ): Promise<void> {
    const { status, body } = await this.tools.preview(connector, request.bodyText, flagFrom(masks));
    sendJsonText(response, status, body);
  }

  @Post(':connector/dlq/redrive')
  async redrive(
    @Param('connector') connector: string,
    @Req() request: RequestWithBody,
    @Res() response: Response,
  ): Promise<void> {
    const { status, body } = await this.tools.redrive(connector, request.bodyText);
    sendJsonText(response, status, body);
  }
}
