import { Controller, Get, HttpCode, Param, ParseIntPipe, Post, UseGuards } from '@nestjs/common';
import { InternalRequestGuard } from '@tributary/rest-api';
import { LateExecutor } from './late-executor.js';

/** What the leading herder asks of the executor that runs a task; signed requests only. */
@Controller('internal/tasks')
@UseGuards(InternalRequestGuard)
export class TasksController {
  constructor(private readonly tasks: LateExecutor) {}

  @Post(':connector/:task/restart')
  @HttpCode(204)
  restart(@Param('connector') connector: string, @Param('task', ParseIntPipe) task: number): Promise<void> {
    return this.tasks.restartTask({ connector, task });
  }

  @Get(':connector')
  running(@Param('connector') connector: string): readonly number[] {
    return this.tasks.runningTasks(connector);
  }
}
