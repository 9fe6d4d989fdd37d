import { ExpressAdapter } from '@nestjs/platform-express';
import type { Response } from 'express';

/** Answers as the reference does: compact JSON as plain `application/json`, to which Express would add a charset. */
export function sendJson(response: Response, status: number, body: unknown): void {
  sendJsonText(response, status, JSON.stringify(body));
}

/** The same with a body that is JSON text already. */
export function sendJsonText(response: Response, status: number, text: string): void {
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
