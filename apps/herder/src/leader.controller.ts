import {
  Controller,
  Delete,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Req,
  Res,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import type { ConnectorInfo, ConnectorStatusBody } from '@tributary/control-plane';
import {
  configFrom,
  connectorPath,
  createConnectorFrom,
  flagFrom,
  InternalRequestGuard,
  MASKS_PARAMETER,
  parseJson,
  sendJson,
  taskIdFrom,
  type QueryValue,
  type RequestWithBody,
} from '@tributary/rest-api';
import type { Response } from 'express';
import { LateHerder } from './late-herder.js';
import { RefusalFilter } from './refusal.filter.js';
import { TaskRestarter } from './task-restarter.js';

/** What only the leading herder does, under the paths of the public API; gateways forward to it. */
@Controller('connectors')
@UseGuards(InternalRequestGuard)
@UseFilters(RefusalFilter)
export class LeaderController {
  constructor(
    private readonly herder: LateHerder,
    private readonly tasks: TaskRestarter,
  ) {}

  @Post()
  async create(
    @Req() request: RequestWithBody,
    @Res() response: Response,
    @Query(MASKS_PARAMETER) masks?: QueryValue,
  ): Promise<void> {
    const { name, config, initialState } = createConnectorFrom(parseJson(request.bodyText));
    const info = await this.herder.get().createConnector(name, config, initialState, writing(masks));
    created(response, info);
  }

  @Put(':connector/config')
  async putConfig(
    @Param('connector') connector: string,
    @Req() request: RequestWithBody,
    @Res() response: Response,
    @Query(MASKS_PARAMETER) masks?: QueryValue,
  ): Promise<void> {
    const config = configFrom(parseJson(request.bodyText), 'The connector configuration');
    const result = await this.herder.get().putConnectorConfig(connector, config, writing(masks));
    if (result.created) created(response, result.info);
    else sendJson(response, 200, result.info);
  }

  @Patch(':connector/config')
  patchConfig(
    @Param('connector') connector: string,
    @Req() request: RequestWithBody,
    @Query(MASKS_PARAMETER) masks?: QueryValue,
  ): Promise<ConnectorInfo> {
    const patch = configFrom(parseJson(request.bodyText), 'The patch of the connector configuration');
    return this.herder.get().patchConnectorConfig(connector, patch, writing(masks));
  }

  @Delete(':connector')
  @HttpCode(204)
  delete(@Param('connector') connector: string): Promise<void> {
    return this.herder.get().deleteConnector(connector);
  }

  @Put(':connector/pause')
  @HttpCode(202)
  pause(@Param('connector') connector: string): Promise<void> {
    return this.herder.get().pauseConnector(connector);
  }

  @Put(':connector/resume')
  @HttpCode(202)
  resume(@Param('connector') connector: string): Promise<void> {
    return this.herder.get().resumeConnector(connector);
  }

  @Put(':connector/stop')
  @HttpCode(204)
  stop(@Param('connector') connector: string): Promise<void> {
    return this.herder.get().stopConnector(connector);
  }

  @Post(':connector/restart')
  async restart(
    @Param('connector') connector: string,
    @Query('includeTasks') includeTasks: QueryValue,
    @Query('onlyFailed') onlyFailed: QueryValue,
    @Res() response: Response,
  ): Promise<void> {
    const plan = { includeTasks: flagFrom(includeTasks), onlyFailed: flagFrom(onlyFailed) };
    if (!plan.includeTasks && !plan.onlyFailed) {
      await this.herder.get().restartConnector(connector);
      response.status(204).end();
      return;
    }
    const status: ConnectorStatusBody = await this.herder.get().restartConnectorAndTasks(connector, plan);
    sendJson(response, 202, status);
  }

  @Post(':connector/tasks/:task/restart')
  @HttpCode(204)
  restartTask(@Param('connector') connector: string, @Param('task') task: string): Promise<void> {
    return this.tasks.restart({ connector, task: taskIdFrom(task) });
  }

  @Put(':connector/topics/reset')
  @HttpCode(202)
  resetTopics(@Param('connector') connector: string): Promise<void> {
    return this.herder.get().resetTopics(connector);
  }
}

function writing(masks: QueryValue): { masks: boolean } {
  return { masks: flagFrom(masks) };
}

function created(response: Response, info: ConnectorInfo): void {
  response.setHeader('Location', connectorPath(info.name));
  sendJson(response, 201, info);
}
