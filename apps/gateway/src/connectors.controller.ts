import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import {
  ConnectorTexts,
  type ConnectorInfo,
  type ConnectorStatusBody,
  type Expansion,
  type TaskInfo,
  type TaskStateBody,
} from '@tributary/control-plane';
import { sendJson, sendJsonText, taskIdFrom } from '@tributary/rest-api';
import type { Response } from 'express';
import { FreshView } from './fresh-view.js';
import { TopicTracking } from './topic-tracking.js';

/** Everything that can be read of connectors, answered from this gateway's own view. */
@Controller('connectors')
export class ConnectorsController {
  constructor(
    private readonly fresh: FreshView,
    private readonly texts: ConnectorTexts,
    private readonly tracking: TopicTracking,
  ) {}

  @Get()
  async list(@Res() response: Response, @Query('expand') expand?: string | string[]): Promise<void> {
    const view = await this.fresh.view();
    if (expand === undefined) sendJson(response, 200, view.connectorNames());
    else sendJsonText(response, 200, this.texts.list(expansionsOf([expand].flat())));
  }

  @Get(':connector')
  async info(@Param('connector') connector: string): Promise<ConnectorInfo> {
    return (await this.fresh.view()).connectorInfo(connector);
  }

  @Get(':connector/config')
  async config(@Param('connector') connector: string): Promise<Readonly<Record<string, string>>> {
    return (await this.fresh.view()).connectorConfig(connector);
  }

  @Get(':connector/status')
  async status(@Param('connector') connector: string): Promise<ConnectorStatusBody> {
    return (await this.fresh.view()).connectorStatus(connector);
  }

  @Get(':connector/tasks')
  async tasks(@Param('connector') connector: string): Promise<readonly TaskInfo[]> {
    return (await this.fresh.view()).taskInfos(connector);
  }

  @Get(':connector/tasks/:task/status')
  async taskStatus(@Param('connector') connector: string, @Param('task') task: string): Promise<TaskStateBody> {
    const id = { connector, task: taskIdFrom(task) };
    return (await this.fresh.view()).taskStatus(id);
  }

  @Get(':connector/topics')
  async topics(@Param('connector') connector: string): Promise<Record<string, { topics: readonly string[] }>> {
    this.tracking.assertEnabled();
    return { [connector]: { topics: (await this.fresh.view()).activeTopics(connector) } };
  }
}

/** Each once, in the order of their first mention; what is no expansion says nothing. */
function expansionsOf(wanted: readonly string[]): readonly Expansion[] {
  return [...new Set(wanted.filter((part): part is Expansion => part === 'info' || part === 'status'))];
}
