import { sourceRecord, type SourceRecord } from '@tributary/connect-api';
import { ConnectorConfig } from '@tributary/config-schemas';
import { builtInPlugins, PluginRegistry } from '@tributary/plugins';
import { expect, it } from 'vitest';
import { configuredTransforms } from './configured-transforms.js';

const PACKAGE = 'org.apache.kafka.connect.transforms';
const plugins = await PluginRegistry.load({ pluginPath: [], builtIns: builtInPlugins });

function chain(properties: Readonly<Record<string, string>>) {
  const connector = { name: 'c', 'connector.class': 'FileStreamSource', ...properties };
  return configuredTransforms<SourceRecord>(plugins, ConnectorConfig.parse(connector, 'source'));
}

function record(topic: string): SourceRecord {
  return sourceRecord({ sourcePartition: {}, sourceOffset: {}, topic, value: 'x' });
}

it('makes a chain of the built-in transformations, in their order, under their predicates', () => {
  const transforms = chain({
    transforms: 'hoist,add,drop',
    'transforms.hoist.type': `${PACKAGE}.HoistField$Value`,
    'transforms.hoist.field': 'line',
    'transforms.add.type': `${PACKAGE}.InsertField$Value`,
    'transforms.add.topic.field': 'from',
    'transforms.drop.type': 'Filter',
    'transforms.drop.predicate': 'wanted',
    'transforms.drop.negate': 'true',
    predicates: 'wanted',
    'predicates.wanted.type': 'TopicNameMatches',
    'predicates.wanted.pattern': 'good.*',
  });
  expect(transforms.apply(record('goods'))?.value).toEqual({ line: 'x', from: 'goods' });
  expect(transforms.apply(record('bads'))).toBeNull();
});

it('repeats what a transformation refuses', () => {
  const wrong = { transforms: 'a', 'transforms.a.type': `${PACKAGE}.InsertField$Value` };
  expect(() => chain(wrong)).toThrow('org.apache.kafka.common.config.ConfigException: No field insertion configured');
  const unknown = { ...wrong, 'transforms.a.topic.field': 't', 'transforms.a.predicate': 'p' };
  expect(() => chain(unknown)).toThrow(
    'org.apache.kafka.connect.errors.ConnectException: ' +
      "org.apache.kafka.common.config.ConfigException: Unknown configuration 'predicates.p.plugin.version'",
  );
});
