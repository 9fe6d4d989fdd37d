import type { Schema } from './schemas/schema.js';

interface Parameter {
  readonly description: string;
  readonly schema: Schema;
}

/** What stands in paths. */
export const PATH_PARAMETERS = {
  connector: {
    description: 'The name of the connector, percent-encoded.',
    schema: { type: 'string', minLength: 1, examples: ['lines'] },
  },
  task: {
    description: 'The number of the task.',
    schema: { type: 'integer', format: 'int32', minimum: 0, examples: [0] },
  },
  plugin: {
    description: 'The class of the plugin, the last part of its name, or that without `Connector` at its end.',
    schema: { type: 'string', minLength: 1, examples: ['FileStreamSource'] },
  },
  logger: {
    description: 'The name of the logger; `root` is above all others.',
    schema: { type: 'string', minLength: 1, examples: ['gateway'] },
  },
} satisfies Record<string, Parameter>;

export type PathParameter = keyof typeof PATH_PARAMETERS;
