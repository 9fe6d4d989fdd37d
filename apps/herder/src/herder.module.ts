import { Module, type DynamicModule } from '@nestjs/common';
import { LateHerder } from './late-herder.js';
import { HEALTH_PROBE, StatusController, type HealthProbe } from '@tributary/rest-api';
import { FenceController } from './fence.controller.js';
import { LeaderRelay } from './leader-relay.js';
import { LeaderController } from './leader.controller.js';
import { LoggersController } from './loggers.controller.js';
import { OffsetsController } from './offsets.controller.js';
import { TaskRestarter } from './task-restarter.js';
import { ToolRequests } from './tool-requests.js';
import { ToolsController } from './tools.controller.js';

/** What the controllers of a herder work with. */
export interface HerderParts {
  readonly probe: HealthProbe;
  readonly herder: LateHerder;
  readonly tasks: TaskRestarter;
  readonly tools: ToolRequests;
  readonly leader: LeaderRelay;
}

@Module({})
class HerderModule {}

export function herderModule(parts: HerderParts): DynamicModule {
  return {
    module: HerderModule,
    controllers: [
      StatusController,
      LeaderController,
      OffsetsController,
      ToolsController,
      FenceController,
      LoggersController,
    ],
    providers: [
      { provide: HEALTH_PROBE, useValue: parts.probe },
      { provide: LateHerder, useValue: parts.herder },
      { provide: TaskRestarter, useValue: parts.tasks },
      { provide: ToolRequests, useValue: parts.tools },
      { provide: LeaderRelay, useValue: parts.leader },
    ],
  };
}
