import type { ServerResponse } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Response } from 'express';
import { stringify } from 'lossless-json';

/** Answers as the reference does: compact JSON as plain `application/json`, to which Express would add a charset. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  sendJsonText(response, status, JSON.stringify(body));
}

/** JSON of a body with integers beyond 2^53, each written exactly. */
export function jsonText(body: unknown): string {
  return stringify(body) ?? 'null';
}

/** The same with a body that is JSON text already, as a buffer in UTF-8. */
export function sendJsonText(response: ServerResponse, status: number, text: string | Buffer): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json');
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}

/** What a controller's method returns goes out by {@link sendJson}; nothing returned is an empty body. */
export class JsonAdapter extends ExpressAdapter {
  override reply(response: Response, body: unknown, statusCode?: number): void {
    const status = statusCode ?? response.statusCode;
    if (body !== undefined) {
      sendJson(response, status, body);
      return;
    }
    response.statusCode = status;
    response.end();
  }
}
