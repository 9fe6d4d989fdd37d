import { Controller, Get, Param, Query } from '@nestjs/common';
import {
  type ClusterView,
  type ConnectorInfo,
  type ConnectorStatusBody,
  type TaskInfo,
  type TaskStateBody,
} from '@tributary/control-plane';
import { NotFoundError } from '@tributary/connect-api';
import { taskIdFrom } from '@tributary/rest-api';
import { FreshView } from './fresh-view.js';
import { TopicTracking } from './topic-tracking.js';

/** `?expand=info&expand=status` */
type Expansion = { info?: ConnectorInfo; status?: ConnectorStatusBody };

/** Everything that can be read of connectors, answered from this gateway's own view. */
@Controller('connectors')
export class ConnectorsController {
  constructor(
    private readonly fresh: FreshView,
    private readonly tracking: TopicTracking,
  ) {}

  @Get()
  async list(@Query('expand') expand?: string | string[]): Promise<readonly string[] | Record<string, Expansion>> {
    const view = await this.fresh.view();
    if (expand === undefined) return view.connectorNames();
    const wanted = [expand].flat();
    return Object.fromEntries(
      view.connectorNames().flatMap((name) => {
        const expansion = expansionOf(view, name, wanted);
        return expansion === undefined ? [] : [[name, expansion]];
      }),
    );
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

/** The parts in the order they were asked for; undefined where one is missing: such a connector is left out. */
function expansionOf(view: ClusterView, name: string, wanted: readonly string[]): Expansion | undefined {
  try {
    const parts = { info: () => view.connectorInfo(name), status: () => view.connectorStatus(name) };
    const known = wanted.filter((part): part is keyof Expansion => part === 'info' || part === 'status');
    return Object.fromEntries(known.map((part) => [part, parts[part]()]));
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
