import type { HeaderRule } from '@tributary/config-schemas';
import type { ServerResponse } from 'node:http';

/** Puts the headers of `response.http.headers.config` on a response; `now` in milliseconds since the epoch. */
export function applyHeaders(response: ServerResponse, rules: readonly HeaderRule[], now: number): void {
  for (const { action, name, value } of rules) {
    const text = action.endsWith('Date') ? new Date(now + Number(value)).toUTCString() : value;
    if (action.startsWith('set')) response.setHeader(name, text);
    else response.appendHeader(name, text);
  }
}
