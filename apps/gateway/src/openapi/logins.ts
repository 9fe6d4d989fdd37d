import type { OpenAPIObject } from '@nestjs/swagger';
import type { Logins } from '../logins.js';
import { ref } from './schemas/all-schemas.js';

/** Says in the document how to log in, which operations need it, and how they are refused. */
export function addLogins(document: OpenAPIObject, { basic, bearer, openPaths }: Logins): void {
  const schemes = [...(basic ? ['basic'] : []), ...(bearer ? ['bearer'] : [])];
  const error = { 'application/json': { schema: ref('ErrorBody') } };
  document.components = {
    ...document.components,
    securitySchemes: {
      ...(basic && { basic: { type: 'http', scheme: 'basic' } }),
      ...(bearer && { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } }),
    },
    responses: {
      ...document.components?.responses,
      // With passwords alone the body is the reference's: a line of text that is called JSON.
      401: { description: 'Nobody has logged in, or not rightly.', ...(bearer && { content: error }) },
      403: { description: 'The user may not do this; the message says which role may.', content: error },
    },
  };
  for (const [path, { get, put, post, patch, delete: remove }] of Object.entries(document.paths)) {
    for (const operation of [get, put, post, patch, remove]) {
      if (operation === undefined || (operation === get && openPaths.includes(path))) continue;
      operation.security = schemes.map((scheme) => ({ [scheme]: [] }));
      for (const status of ['401', '403']) {
        operation.responses[status] ??= { $ref: `#/components/responses/${status}` };
      }
    }
  }
}
