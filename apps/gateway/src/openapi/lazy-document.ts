import type { INestApplication } from '@nestjs/common';
import type { DocumentOptions } from './document.js';
import { ApiDocument } from './openapi.controller.js';

/** Makes the document when it is first asked for: what that takes is not even loaded before. */
export class LazyDocument extends ApiDocument {
  private made: Promise<string> | undefined;

  /** `gateway` is asked for once it is there */
  constructor(
    private readonly gateway: () => INestApplication,
    private readonly options: DocumentOptions,
  ) {
    super();
  }

  override json(): Promise<string> {
    this.made ??= this.make();
    return this.made;
  }

  private async make(): Promise<string> {
    const { openApiDocument } = await import('./document.js');
    return JSON.stringify(openApiDocument(this.gateway(), this.options));
  }
}
