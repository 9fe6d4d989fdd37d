import { Controller, Get, Res } from '@nestjs/common';
import { sendJsonText } from '@tributary/rest-api';
import type { Response } from 'express';

/** Gives the OpenAPI document as JSON text. */
export abstract class ApiDocument {
  abstract json(): Promise<string>;
}

/** The description of this API for people and programs. */
@Controller()
export class OpenApiController {
  constructor(private readonly api: ApiDocument) {}

  @Get('openapi.json')
  async document(@Res() response: Response): Promise<void> {
    sendJsonText(response, 200, await this.api.json());
  }
}
