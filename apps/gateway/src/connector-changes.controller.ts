import { Controller, Delete, Param, Post, Put, Req, Res } from '@nestjs/common';
import {
  configFrom,
  createConnectorFrom,
  parseJson,
  sendJsonText,
  taskIdFrom,
  type RequestWithBody,
} from '@tributary/rest-api';
import type { Response } from 'express';
import { LeaderForwarder, type ForwardedAnswer } from './leader-forwarder.js';
import { FreshView } from './fresh-view.js';
import { resolveRepeated } from './repeated-request.js';
import { TopicTracking } from './topic-tracking.js';

/** Everything that changes connectors: the body's shape is checked here, the rest is the leader's. */
@Controller('connectors')
export class ConnectorChangesController {
  constructor(
    private readonly forwarder: LeaderForwarder,
    private readonly fresh: FreshView,
    private readonly tracking: TopicTracking,
  ) {}

  @Post()
  async create(@Req() request: RequestWithBody, @Res() response: Response): Promise<void> {
    createConnectorFrom(parseJson(request.bodyText));
    await this.forward(request, response);
  }

  @Put(':connector/config')
  async putConfig(@Req() request: RequestWithBody, @Res() response: Response): Promise<void> {
    configFrom(parseJson(request.bodyText), 'The connector configuration');
    await this.forward(request, response);
  }

  @Delete(':connector')
  delete(@Req() request: RequestWithBody, @Res() response: Response): Promise<void> {
    return this.forward(request, response);
  }

  @Put(':connector/pause')
  pause(@Req() request: RequestWithBody, @Res() response: Response): Promise<void> {
    return this.forward(request, response);
  }

  @Put(':connector/resume')
  resume(@Req() request: RequestWithBody, @Res() response: Response): Promise<void> {
    return this.forward(request, response);
  }

  @Put(':connector/stop')
  stop(@Req() request: RequestWithBody, @Res() response: Response): Promise<void> {
    return this.forward(request, response);
  }

  @Post(':connector/restart')
  restart(@Req() request: RequestWithBody, @Res() response: Response): Promise<void> {
    return this.forward(request, response);
  }

  @Post(':connector/tasks/:task/restart')
  restartTask(@Param('task') task: string, @Req() request: RequestWithBody, @Res() response: Response): Promise<void> {
    taskIdFrom(task);
    return this.forward(request, response);
  }

  @Put(':connector/topics/reset')
  resetTopics(@Req() request: RequestWithBody, @Res() response: Response): Promise<void> {
    this.tracking.assertResetAllowed();
    return this.forward(request, response);
  }

  private async forward(request: RequestWithBody, response: Response): Promise<void> {
    const { method, originalUrl: path, bodyText: body } = request;
    const answer = await this.forwarder.forward({ method, path, body, authorization: request.headers.authorization });
    send(request, response, answer.repeated ? resolveRepeated(request, answer, await this.fresh.view()) : answer);
  }
}

/** The leader's answer as the client's; `Location` becomes absolute, with the host that the client called. */
function send(
  request: RequestWithBody,
  response: Response,
  answer: Pick<ForwardedAnswer, 'status' | 'headers' | 'body'>,
): void {
  const { location } = answer.headers;
  if (typeof location === 'string')
    response.setHeader('Location', `${request.protocol}://${request.get('host')}${location}`);
  if (answer.body !== '') sendJsonText(response, answer.status, answer.body);
  else response.status(answer.status).end();
}
