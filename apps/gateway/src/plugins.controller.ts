import { Controller, Get, HttpCode, Param, Put, Query, Req } from '@nestjs/common';
import { BadRequestError } from '@tributary/connect-api';
import { PluginInspector } from '@tributary/control-plane';
import { configFrom, firstOf, parseJson, type QueryValue, type RequestWithBody } from '@tributary/rest-api';
import { Masking } from './masking/masking.js';

/** What is installed, and whether a configuration would do. */
@Controller('connector-plugins')
export class PluginsController {
  constructor(
    private readonly inspector: PluginInspector,
    private readonly masking: Masking,
  ) {}

  @Get()
  list(@Query('connectorsOnly') connectorsOnly?: QueryValue): Promise<unknown> {
    const connectors = firstOf(connectorsOnly) || 'true';
    return this.inspector.plugins({ connectorsOnly: connectors.toLowerCase() === 'true' });
  }

  @Get(':plugin/config')
  config(@Param('plugin') plugin: string, @Query('version') version?: QueryValue): Promise<unknown> {
    return this.inspector.pluginConfig(plugin, firstOf(version));
  }

  @Put(':plugin/config/validate')
  @HttpCode(200)
  async validate(@Param('plugin') plugin: string, @Req() request: RequestWithBody): Promise<unknown> {
    const requested = configFrom(parseJson(request.bodyText), 'The connector configuration');
    const included = requested['connector.class'];
    if (typeof included === 'string' && !sameClass(included, plugin)) {
      throw new BadRequestError(`Included connector type ${included} does not match request type ${plugin}`);
    }
    const { config, masked } = await this.masking.given(requested);
    return this.inspector.validate(config, masked);
  }
}

/** The class of the body ends with the name in the path, both without a trailing `Connector`. */
function sameClass(included: string, requested: string): boolean {
  const short = (name: string) => name.replace(/Connector$/, '');
  return short(included).endsWith(short(requested));
}
