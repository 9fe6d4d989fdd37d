import { Module, type DynamicModule } from '@nestjs/common';
import { ConnectorOffsets, ConnectorTexts, PluginInspector } from '@tributary/control-plane';
import { HEALTH_PROBE, StatusController, type Startup } from '@tributary/rest-api';
import { ConnectorChangesController } from './connector-changes.controller.js';
import { ConnectorsController } from './connectors.controller.js';
import { FreshView } from './fresh-view.js';
import { LeaderForwarder } from './leader-forwarder.js';
import { Masking } from './masking/masking.js';
import { LoggersController } from './loggers.controller.js';
import { OffsetsController } from './offsets.controller.js';
import { ApiDocument, OpenApiController } from './openapi/openapi.controller.js';
import { PluginsController } from './plugins.controller.js';
import { RequestRelay, STORED_VIEW } from './request-relay.js';
import { RootController } from './root.controller.js';
import { SERVER_INFO, type ServerInfo } from './server-info.js';
import { ToolsController } from './tools.controller.js';
import { TopicTracking } from './topic-tracking.js';

/** What the controllers of a gateway work with. */
export interface GatewayParts {
  readonly startup: Startup;
  readonly info: ServerInfo;
  readonly document: ApiDocument;
  readonly inspector: PluginInspector;
  /** as clients may see it */
  readonly view: FreshView;
  /** as it is stored */
  readonly stored: FreshView;
  readonly masking: Masking;
  readonly texts: ConnectorTexts;
  readonly tracking: TopicTracking;
  readonly forwarder: LeaderForwarder;
  readonly offsets: ConnectorOffsets;
}

@Module({})
class GatewayModule {}

export function gatewayModule(parts: GatewayParts): DynamicModule {
  return {
    module: GatewayModule,
    controllers: [
      RootController,
      StatusController,
      OpenApiController,
      ConnectorsController,
      ConnectorChangesController,
      OffsetsController,
      ToolsController,
      PluginsController,
      LoggersController,
    ],
    providers: [
      RequestRelay,
      { provide: HEALTH_PROBE, useValue: parts.startup },
      { provide: SERVER_INFO, useValue: parts.info },
      { provide: ApiDocument, useValue: parts.document },
      { provide: PluginInspector, useValue: parts.inspector },
      { provide: FreshView, useValue: parts.view },
      { provide: STORED_VIEW, useValue: parts.stored },
      { provide: Masking, useValue: parts.masking },
      { provide: ConnectorTexts, useValue: parts.texts },
      { provide: TopicTracking, useValue: parts.tracking },
      { provide: LeaderForwarder, useValue: parts.forwarder },
      { provide: ConnectorOffsets, useValue: parts.offsets },
    ],
  };
}
