import { Controller, Get, Inject, Res } from '@nestjs/common';
import { renderMetrics } from '@tributary/observability';
import type { Response } from 'express';
import { sendJson } from '../http/send-json.js';
import { HEALTH_PROBE, HEALTHY, starting, unhealthy, type HealthProbe } from './health.js';

/** What operators and their tools ask every service: is it ready, and how much has it done. */
@Controller()
export class StatusController {
  constructor(@Inject(HEALTH_PROBE) private readonly probe: HealthProbe) {}

  @Get('health')
  async health(@Res() response: Response): Promise<void> {
    const health = await this.probe.health();
    if (!health.ready) {
      sendJson(response, 503, starting(health.stage));
      return;
    }
    try {
      await this.probe.check?.();
      sendJson(response, 200, HEALTHY);
    } catch (error) {
      sendJson(response, 500, unhealthy(error instanceof Error ? error.message : String(error)));
    }
  }

  @Get('metrics')
  async metrics(@Res() response: Response): Promise<void> {
    const { contentType, body } = await renderMetrics();
    response.status(200).type(contentType).send(body);
  }
}
