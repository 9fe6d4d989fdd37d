import { Module, type DynamicModule } from '@nestjs/common';
import { HEALTH_PROBE, StatusController, type HealthProbe } from '@tributary/rest-api';
import { LateExecutor } from './late-executor.js';
import { TasksController } from './tasks.controller.js';
import { ToolsController } from './tools.controller.js';

/** What the controllers of an executor work with. */
export interface ExecutorParts {
  readonly probe: HealthProbe;
  readonly tasks: LateExecutor;
}

@Module({})
class ExecutorModule {}

export function executorModule(parts: ExecutorParts): DynamicModule {
  return {
    module: ExecutorModule,
    controllers: [StatusController, TasksController, ToolsController],
    providers: [
      { provide: HEALTH_PROBE, useValue: parts.probe },
      { provide: LateExecutor, useValue: parts.tasks },
    ],
  };
}
