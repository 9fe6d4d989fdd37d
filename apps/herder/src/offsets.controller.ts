import { Controller, Delete, Param, Patch, Req, UseFilters, UseGuards } from '@nestjs/common';
import { alterOffsetsFrom, InternalRequestGuard, parseJson, type RequestWithBody } from '@tributary/rest-api';
import { LateHerder } from './late-herder.js';
import { RefusalFilter } from './refusal.filter.js';

/** Body of the answers to changes of offsets. */
interface Message {
  readonly message: string;
}

/** Changes of connectors' offsets, the leader's alone. */
@Controller('connectors/:connector/offsets')
@UseGuards(InternalRequestGuard)
@UseFilters(RefusalFilter)
export class OffsetsController {
  constructor(private readonly herder: LateHerder) {}

  @Patch()
  async alter(@Param('connector') connector: string, @Req() request: RequestWithBody): Promise<Message> {
    const offsets = alterOffsetsFrom(parseJson(request.bodyText));
    return { message: await this.herder.offsets().alter(connector, offsets) };
  }

  @Delete()
  async reset(@Param('connector') connector: string): Promise<Message> {
    return { message: await this.herder.offsets().reset(connector) };
  }
}
