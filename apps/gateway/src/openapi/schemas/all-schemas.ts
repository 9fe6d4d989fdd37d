import { connectorSchemas } from './connector-schemas.js';
import { pluginSchemas } from './plugin-schemas.js';
import { redriveSchemas } from './redrive-schemas.js';
import { requestSchemas } from './request-schemas.js';
import { serviceSchemas } from './service-schemas.js';
import { toolSchemas } from './tool-schemas.js';

export const allSchemas = {
  ...connectorSchemas,
  ...requestSchemas,
  ...pluginSchemas,
  ...serviceSchemas,
  ...toolSchemas,
  ...redriveSchemas,
};

export type SchemaName = keyof typeof allSchemas;

/** Where an operation means one of the document's schemas. */
export function ref(name: SchemaName): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}
