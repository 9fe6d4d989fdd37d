import { Controller, Delete, Get, HttpCode, Module, Param, Put, Req, type DynamicModule } from '@nestjs/common';
import { ConflictError, NotFoundError } from '@tributary/connect-api';
import type { RequestWithBody } from '../body/body.middleware.js';

/** Every kind of answer that a service can give. */
@Controller('things')
class ThingsController {
  @Get()
  list(): string[] {
    return ['a'];
  }

  @Get(':name')
  get(@Param('name') name: string): { name: string } {
    if (name === 'gone') throw new NotFoundError('Thing gone not found');
    if (name === 'busy') throw new ConflictError('busy');
    if (name === 'broken') throw new TypeError('nobody foresaw this');
    return { name };
  }

  @Put(':name')
  put(@Req() request: RequestWithBody): { text: string } {
    return { text: request.bodyText };
  }

  @Delete(':name')
  @HttpCode(204)
  delete(): void {}
}

@Module({})
class ThingsModule {}

export const thingsModule: DynamicModule = { module: ThingsModule, controllers: [ThingsController] };
