import { oneOfIgnoringCase } from '@tributary/connect-api';
import { CONVERTER_TYPE } from '../converter-base.js';

/** How JSON stands for decimals: base64 of the unscaled value, or a plain number that keeps its scale. */
export type DecimalFormat = 'BASE64' | 'NUMERIC';

/** What writing and reading depend on. */
export interface JsonOptions {
  readonly decimalFormat: DecimalFormat;
  readonly replaceNullWithDefault: boolean;
}

const SCHEMAS = { group: 'Schemas', width: 'MEDIUM' } as const;
const SERIALIZATION = { group: 'Serialization', width: 'MEDIUM' } as const;

export const JSON_CONFIG = CONVERTER_TYPE.extend({
  'schemas.enable': {
    type: 'BOOLEAN',
    default: true,
    importance: 'HIGH',
    ...SCHEMAS,
    orderInGroup: 0,
    displayName: 'Enable Schemas',
    documentation: 'Whether every message carries its schema, as {"schema":...,"payload":...}.',
  },
  'schemas.cache.size': {
    type: 'INT',
    default: 1000,
    importance: 'HIGH',
    ...SCHEMAS,
    orderInGroup: 1,
    displayName: 'Schema Cache Size',
    documentation: 'How many different schemas are kept ready for use.',
  },
  'schema.content': {
    type: 'STRING',
    default: null,
    importance: 'HIGH',
    ...SCHEMAS,
    orderInGroup: 2,
    displayName: 'Schema Content',
    documentation:
      'A schema, as JSON, by which all messages are read. Messages are then payload only. Needs schemas.enable=true and has no effect on writing.',
  },
  'decimal.format': {
    type: 'STRING',
    default: 'BASE64',
    validator: oneOfIgnoringCase('NUMERIC', 'BASE64'),
    importance: 'LOW',
    ...SERIALIZATION,
    orderInGroup: 0,
    displayName: 'Decimal Format',
    documentation:
      'How decimals are written: BASE64 (the unscaled value as bytes) or NUMERIC (a JSON number), in any case.',
  },
  'replace.null.with.default': {
    type: 'BOOLEAN',
    default: true,
    importance: 'LOW',
    ...SERIALIZATION,
    orderInGroup: 1,
    displayName: 'Replace null with default',
    documentation: "Whether a field's default stands in for null, or null is kept.",
  },
});
