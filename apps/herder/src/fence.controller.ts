import { Controller, HttpCode, Param, Put, UseFilters, UseGuards } from '@nestjs/common';
import { InternalRequestGuard } from '@tributary/rest-api';
import { LateHerder } from './late-herder.js';
import { RefusalFilter } from './refusal.filter.js';

/** What executors ask of the leader before they start exactly-once source tasks. */
@Controller('connectors/:connector/fence')
@UseGuards(InternalRequestGuard)
@UseFilters(RefusalFilter)
export class FenceController {
  constructor(private readonly herder: LateHerder) {}

  @Put()
  @HttpCode(204)
  fence(@Param('connector') connector: string): Promise<void> {
    return this.herder.fencing().fence(connector);
  }
}
