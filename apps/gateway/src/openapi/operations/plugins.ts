import { PluginsController } from '../../plugins.controller.js';
import { describe } from '../operation.js';
import { ref } from '../schemas/all-schemas.js';

describe(PluginsController, 'Plugins', {
  list: {
    id: 'listPlugins',
    summary: 'List what is installed',
    query: {
      connectorsOnly: {
        description: 'Whether to leave out converters, transformations and predicates.',
        schema: { type: 'boolean', default: true },
      },
    },
    answers: { 200: { description: 'The plugins.', schema: { type: 'array', items: ref('Plugin') } } },
  },
  config: {
    id: 'getPluginConfig',
    summary: 'List the properties that a plugin understands',
    path: ['plugin'],
    query: {
      version: {
        description: 'A version or a range of versions, as Maven writes them; without it the newest.',
        schema: { type: 'string' },
      },
    },
    answers: {
      200: { description: 'The properties.', schema: { type: 'array', items: ref('ConfigKey') } },
      400: 'The version is not installed, or is not one.',
      404: 'There is no such plugin.',
    },
  },
  validate: {
    id: 'validateConfig',
    summary: 'Check a configuration, and store nothing',
    description: 'A configuration with errors is answered with 200 too: `error_count` and `errors` tell.',
    path: ['plugin'],
    body: { schema: 'ConnectorProperties', description: 'All properties of the connector.' },
    answers: {
      200: { description: 'Every property and what is wrong with it.', schema: ref('ValidationResult') },
      400: 'The body is not JSON of this shape, or it does not say of which class it is, or of another one.',
    },
  },
});
