import { Controller, Get, Param, Put, Query, Req, Res } from '@nestjs/common';
import { logLevels, type LoggerLevel } from '@tributary/observability';
import { loggerLevelFrom, parseJson, RestError, sendJson, type RequestWithBody } from '@tributary/rest-api';
import type { Response } from 'express';
import { RequestRelay } from './request-relay.js';

/** As clients see it; `last_modified` in milliseconds since the epoch, null: never. */
export interface LevelBody {
  readonly level: string;
  readonly last_modified: number | null;
}

/**
 * Levels of loggers. `scope=cluster` sets one in every process of the cluster, by a record that each reads; anything else
 * means this gateway alone.
 */
@Controller('admin/loggers')
export class LoggersController {
  constructor(private readonly relay: RequestRelay) {}

  @Get()
  list(): Record<string, LevelBody> {
    return Object.fromEntries(logLevels.all().map(([name, level]) => [name, levelBody(level)]));
  }

  @Get(':logger')
  level(@Param('logger') logger: string): LevelBody {
    const level = logLevels.get(logger);
    if (level === undefined) throw new RestError(404, `Logger ${logger} not found.`);
    return levelBody(level);
  }

  @Put(':logger')
  async setLevel(
    @Param('logger') logger: string,
    @Query('scope') scope: string | string[] | undefined,
    @Req() request: RequestWithBody,
    @Res() response: Response,
  ): Promise<void> {
    const level = loggerLevelFrom(parseJson(request.bodyText));
    if ([scope].flat()[0]?.toLowerCase() === 'cluster') await this.relay.relay(request, response);
    else sendJson(response, 200, logLevels.set(logger, level));
  }
}

function levelBody({ level, lastModified }: LoggerLevel): LevelBody {
  return { level, last_modified: lastModified };
}
