import { Controller, Get, Module, type DynamicModule } from '@nestjs/common';

/** A service that answers as a cluster without connectors. */
@Controller('connectors')
class ConnectorsController {
  @Get()
  list(): string[] {
    return [];
  }
}

@Module({})
class ConnectorsModule {}

export const connectorsModule: DynamicModule = { module: ConnectorsModule, controllers: [ConnectorsController] };
