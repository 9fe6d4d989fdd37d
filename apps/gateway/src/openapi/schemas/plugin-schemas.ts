import type { ConfigInfo, ConfigInfos } from '@tributary/config-schemas';
import type { ConfigKeyInfo } from '@tributary/connect-api';
import type { PluginInfo } from '@tributary/plugins';
import { listOf, objectOf, oneOf, text, textOrNull, type Schema } from './schema.js';

const TYPES = ['BOOLEAN', 'STRING', 'INT', 'SHORT', 'LONG', 'DOUBLE', 'LIST', 'CLASS', 'PASSWORD'];
const KINDS = ['sink', 'source', 'transformation', 'predicate', 'converter', 'header_converter'];

const FILE_KEY: ConfigKeyInfo = {
  name: 'file',
  type: 'STRING',
  required: false,
  default_value: null,
  importance: 'HIGH',
  documentation: 'The file to read; standard input without it.',
  group: null,
  order_in_group: -1,
  width: 'NONE',
  display_name: 'file',
  dependents: [],
};

/** Plugins, what they can be told, and what was wrong with it. */
export const pluginSchemas = {
  Plugin: objectOf<PluginInfo>(
    'A plugin that is installed.',
    {
      class: text('Its class, which `connector.class` and the like name.'),
      type: oneOf(KINDS, 'What kind of plugin it is.'),
      version: text('Its version; absent where it has none.'),
    },
    {
      optional: ['version'],
      examples: [
        { class: 'org.apache.kafka.connect.file.FileStreamSourceConnector', type: 'source', version: '4.3.1' },
      ],
    },
  ),
  ConfigKey: objectOf<ConfigKeyInfo>(
    'A property that a plugin understands.',
    {
      name: text('The key.'),
      type: oneOf(TYPES, 'How its value is read.'),
      required: { type: 'boolean', description: 'Whether it must be given: it has no default.' },
      default_value: textOrNull('What counts when it is not given, as text.'),
      importance: oneOf(['HIGH', 'MEDIUM', 'LOW'], 'How much it matters.'),
      documentation: text('What it does.'),
      group: textOrNull('Under which heading a form shows it.'),
      order_in_group: { type: 'integer', description: 'Its place under the heading; -1 where there is none.' },
      width: oneOf(['NONE', 'SHORT', 'MEDIUM', 'LONG'], 'How wide a form shows it.'),
      display_name: text('How a form calls it.'),
      dependents: listOf({ type: 'string' }, 'Keys whose allowed values depend on it.'),
    },
    { examples: [FILE_KEY] },
  ),
  ConfigValue: objectOf<ConfigInfo['value']>('A value and what is wrong with it.', {
    name: text('The key.'),
    value: textOrNull('The value as it was understood, or the default; secrets are hidden.'),
    recommended_values: listOf({ type: 'string' }, 'Values that would do.'),
    errors: listOf({ type: 'string' }, 'What is wrong; none where nothing is.'),
    visible: { type: 'boolean', description: 'Whether it matters, given the other values.' },
  }),
  ConfigEntry: objectOf<ConfigInfo>('A property of a configuration that was checked.', {
    definition: {
      oneOf: [{ $ref: '#/components/schemas/ConfigKey' }, { type: 'null' }],
      description: 'Null for a property that nobody defines.',
    },
    value: { $ref: '#/components/schemas/ConfigValue' },
  }),
  ValidationResult: objectOf<ConfigInfos>(
    'What a configuration looks like to the connector and to all plugins it uses.',
    {
      name: text('The class, as it was given.'),
      error_count: { type: 'integer', minimum: 0, description: 'How many errors there are; 0: it can be used.' },
      groups: listOf({ type: 'string' }, 'The headings of a form, in their order.'),
      configs: listOf({ $ref: '#/components/schemas/ConfigEntry' }, 'All properties, in the order of a form.'),
    },
    {
      examples: [
        {
          name: 'FileStreamSource',
          error_count: 0,
          groups: ['Common'],
          configs: [
            {
              definition: FILE_KEY,
              value: { name: 'file', value: '/tmp/lines.txt', recommended_values: [], errors: [], visible: true },
            },
          ],
        },
      ],
    },
  ),
} satisfies Record<string, Schema>;
