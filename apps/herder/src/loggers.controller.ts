import { Controller, HttpCode, Param, Put, Req, UseFilters, UseGuards } from '@nestjs/common';
import { InternalRequestGuard, loggerLevelFrom, parseJson, type RequestWithBody } from '@tributary/rest-api';
import { LateHerder } from './late-herder.js';
import { RefusalFilter } from './refusal.filter.js';

/** Levels of loggers for every process of the cluster, stored by the leader. */
@Controller('admin/loggers')
@UseGuards(InternalRequestGuard)
@UseFilters(RefusalFilter)
export class LoggersController {
  constructor(private readonly herder: LateHerder) {}

  @Put(':logger')
  @HttpCode(204)
  async setLevel(@Param('logger') logger: string, @Req() request: RequestWithBody): Promise<void> {
    await this.herder.get().setLoggerLevel(logger, loggerLevelFrom(parseJson(request.bodyText)));
  }
}
