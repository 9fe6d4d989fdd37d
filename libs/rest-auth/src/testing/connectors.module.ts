import { Controller, Get, HttpCode, Module, Param, Post, Put, type DynamicModule } from '@nestjs/common';

/** Something of each kind to be protected. */
@Controller()
class ConnectorsController {
  @Get('health')
  health(): object {
    return { status: 'healthy' };
  }

  @Get('connectors')
  list(): string[] {
    return ['a'];
  }

  @Post('connectors')
  @HttpCode(201)
  create(): object {
    return {};
  }

  @Put('connectors/:name/pause')
  pause(@Param('name') name: string): object {
    return { name };
  }

  @Put('connector-plugins/:name/config/validate')
  validate(): object {
    return {};
  }
}

@Module({})
class ConnectorsModule {}

export const connectorsModule: DynamicModule = { module: ConnectorsModule, controllers: [ConnectorsController] };
