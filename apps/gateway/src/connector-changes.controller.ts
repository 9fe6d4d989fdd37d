import { Controller, Delete, Param, Patch, Post, Put, Req, Res } from '@nestjs/common';
import { configFrom, createConnectorFrom, parseJson, taskIdFrom, type RequestWithBody } from '@tributary/rest-api';
import type { Response } from 'express';
import { RequestRelay } from './request-relay.js';
import { TopicTracking } from './topic-tracking.js';

/** Everything that changes connectors: the body's shape is checked here, the rest is the leader's. */
@Controller('connectors')
export class ConnectorChangesController {
  constructor(
    private readonly relay: RequestRelay,
    private readonly tracking: TopicTracking,
  ) {}

  @Post()
  async create(@Req() request: RequestWithBody, @Res() response: Response): Promise<void> {
    createConnectorFrom(parseJson(request.bodyText));
    await this.relay.relay(request, response);
  }

  @Put(':connector/config')
  async putConfig(@Req() request: RequestWithBody, @Res() response: Response): Promise<void> {
    configFrom(parseJson(request.bodyText), 'The connector configuration');
    await this.relay.relay(request, response);
  }

  /** What the patch gives is set, what is null in it is removed. */
  @Patch(':connector/config')
  async patchConfig(@Req() request: RequestWithBody, @Res() response: Response): Promise<void> {
    configFrom(parseJson(request.bodyText), 'The patch of the connector configuration');
    await this.relay.relay(request, response);
  }

  @Delete(':connector')
  delete(@Req() request: RequestWithBody, @Res() response: Response): Promise<void> {
    return this.relay.relay(request, response);
  }

  @Put(':connector/pause')
  pause(@Req() request: RequestWithBody, @Res() response: Response): Promise<void> {
    return this.relay.relay(request, response);
  }

  @Put(':connector/resume')
  resume(@Req() request: RequestWithBody, @Res() response: Response): Promise<void> {
    return this.relay.relay(request, response);
  }

  @Put(':connector/stop')
  stop(@Req() request: RequestWithBody, @Res() response: Response): Promise<void> {
    return this.relay.relay(request, response);
  }

  @Post(':connector/restart')
  restart(@Req() request: RequestWithBody, @Res() response: Response): Promise<void> {
    return this.relay.relay(request, response);
  }

  @Post(':connector/tasks/:task/restart')
  restartTask(@Param('task') task: string, @Req() request: RequestWithBody, @Res() response: Response): Promise<void> {
    taskIdFrom(task);
    return this.relay.relay(request, response);
  }

  @Put(':connector/topics/reset')
  resetTopics(@Req() request: RequestWithBody, @Res() response: Response): Promise<void> {
    this.tracking.assertResetAllowed();
    return this.relay.relay(request, response);
  }
}
