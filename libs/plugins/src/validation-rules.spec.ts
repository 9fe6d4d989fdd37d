import { ConfigDef, definePlugins, type ConfigValues } from '@tributary/connect-api';
import {
  invalidConfigMessage,
  validateConnectorConfig,
  WorkerConfig,
  type ConfigInfos,
  type RawConnectorConfig,
} from '@tributary/config-schemas';
import { MINIMAL_WORKER } from '@tributary/testing';
import { describe, expect, it } from 'vitest';
import { builtInPlugins } from './built-in-plugins.js';
import { PluginRegistry } from './plugin-registry.js';

const PROPERTIES = {
  ...MINIMAL_WORKER,
  'group.id': 'connect-taken',
  'key.converter': 'Json',
  'value.converter': 'Json',
  'config.providers': 'env',
  'config.providers.env.class': 'EnvVarConfigProvider',
};
const SINK = { name: 's', 'connector.class': 'FileStreamSink', topics: 't' };
const SOURCE = { name: 's', 'connector.class': 'FileStreamSource', topic: 't' };

const plugins = await PluginRegistry.load({
  pluginPath: [],
  builtIns: [...builtInPlugins, definePlugins({ sources: [class PickySource extends sourceClass() {}] })],
});

/** A source that checks two properties together and promises what its property `promise` says. */
function sourceClass() {
  return class {
    static readonly className: string = 'PickySourceConnector';
    version(): string {
      return '1.0';
    }
    config(): ConfigDef {
      const key = { type: 'STRING', default: null, importance: 'HIGH', documentation: '' } as const;
      return ConfigDef.define({ user: key, password: { ...key, type: 'PASSWORD' }, promise: key });
    }
    validate(props: Readonly<Record<string, string>>, values: ConfigValues): void {
      if (props['user'] === 'crash') throw new Error('cannot validate');
      if (props['user'] === 'talkative') {
        values.get('promise')?.errors.push(`password ${props['password']} is wrong`);
        for (const value of values.values()) value.recommendedValues = [`not ${props['password']}`];
      }
      if (props['user'] !== undefined && props['password'] === undefined) {
        for (const name of ['user', 'password'])
          values.get(name)?.errors.push(`user ${props['user']} needs a password`);
      }
    }
    exactlyOnceSupport(props: Readonly<Record<string, string>>): 'SUPPORTED' | 'UNSUPPORTED' {
      if (props['promise'] === 'throw') throw new Error('no idea');
      return props['promise'] === 'yes' ? 'SUPPORTED' : 'UNSUPPORTED';
    }
    canDefineTransactionBoundaries(props: Readonly<Record<string, string>>): 'SUPPORTED' | 'UNSUPPORTED' | undefined {
      if (props['promise'] === 'throw') throw new Error('no idea');
      if (props['promise'] === 'nothing') return undefined;
      return props['promise'] === 'yes' ? 'SUPPORTED' : 'UNSUPPORTED';
    }
    start(): void {}
    stop(): void {}
    taskConfigs(): [] {
      return [];
    }
    taskClass(): never {
      throw new Error('has no tasks');
    }
  };
}

function validate(config: RawConnectorConfig, more: Record<string, string> = {}): Promise<ConfigInfos> {
  const worker = WorkerConfig.parse({ ...PROPERTIES, ...more }, 'herder', () => undefined);
  return validateConnectorConfig(config, { plugins, worker });
}

/** `property: message` of all errors. */
async function errors(config: RawConnectorConfig, more: Record<string, string> = {}): Promise<string[]> {
  const { configs } = await validate(config, more);
  return configs.flatMap(({ value }) => value.errors.map((error) => `${value.name}: ${error}`));
}

describe('validateConnectorConfig', () => {
  it.each([
    ['None', {}],
    ['Allowlist', { 'connector.client.config.override.allowlist': 'linger.ms' }],
    ['Principal', {}],
  ])('reports overrides that the policy %s refuses', async (policy, more) => {
    const config = { ...SOURCE, 'producer.override.acks': '1' };
    expect(await errors(config, { 'connector.client.config.override.policy': policy, ...more })).toEqual([
      `producer.override.acks: The '${policy}' policy does not allow 'acks' to be overridden in the connector configuration.`,
    ]);
  });

  it('throws for an override that is not of its type', async () => {
    await expect(validate({ ...SINK, 'consumer.override.fetch.min.bytes': 'x' })).rejects.toThrow(
      'Invalid value x for configuration fetch.min.bytes: Not a number of type INT',
    );
  });

  it("keeps a sink's consumer group apart from the workers'", async () => {
    expect(await errors({ ...SINK, name: 'taken' })).toEqual([
      'name: Consumer group for sink connector named taken conflicts with Connect worker group connect-taken',
    ]);
  });

  it.each([
    ['yes', []],
    ['no', ['The connector does not support exactly-once semantics with the provided configuration.']],
    ['throw', ['An unexpected error occurred during validation: no idea']],
  ])('asks the connector for exactly-once support (%s)', async (promise, expected) => {
    const config = { name: 'x', 'connector.class': 'PickySource', 'exactly.once.support': 'required', promise };
    const found = await errors(config, { 'exactly.once.source.support': 'enabled' });
    expect(found).toEqual(expected.map((message) => `exactly.once.support: ${message}`));
  });

  it.each([
    ['yes', []],
    ['no', [/does not support connector-defined transaction boundaries with the given configuration\. Please/]],
    ['nothing', [/has returned a null value from its canDefineTransactionBoundaries method, which is not permitted/]],
    ['throw', [/An unexpected error occurred during validation: no idea$/]],
  ])('asks the connector whether it defines transaction boundaries (%s)', async (promise, expected) => {
    const config = { name: 'x', 'connector.class': 'PickySource', 'transaction.boundary': 'Connector', promise };
    expect(await errors(config)).toEqual(expected.map((message) => expect.stringMatching(message)));
  });

  it('refuses transaction boundaries of a connector that has no say in them', async () => {
    const found = await errors({ ...SOURCE, 'transaction.boundary': 'connector' });
    expect(found).toEqual([expect.stringContaining('does not support connector-defined transaction boundaries')]);
  });

  it('tells what the worker and what the connector lack for exactly-once support', async () => {
    const config = { name: 'x', 'connector.class': 'PickySource', 'exactly.once.support': 'required', promise: 'no' };
    expect(await errors(config)).toEqual([
      'exactly.once.support: This worker does not have exactly-once source support enabled.',
      'exactly.once.support: The connector does not support exactly-once semantics with the provided configuration.',
    ]);
  });

  it('says so where the connector cannot be asked', async () => {
    class SilentSource extends sourceClass() {
      static override readonly className = 'SilentSourceConnector';
    }
    Object.defineProperty(SilentSource.prototype, 'exactlyOnceSupport', { value: undefined });
    const registry = await PluginRegistry.load({
      pluginPath: [],
      builtIns: [...builtInPlugins, { sources: [SilentSource] }],
    });
    const worker = WorkerConfig.parse(
      { ...PROPERTIES, 'exactly.once.source.support': 'ENABLED' },
      'herder',
      () => undefined,
    );
    const config = { name: 'x', 'connector.class': 'SilentSource', 'exactly.once.support': 'required' };
    const infos = await validateConnectorConfig(config, { plugins: registry, worker });
    expect(invalidConfigMessage(infos)).toContain('does not implement the API required for preflight validation');
  });

  it("adds the connector's own checks, and lets its exceptions through", async () => {
    const picky = { name: 'x', 'connector.class': 'PickySource', user: 'me' };
    expect(await errors(picky)).toEqual(['user: user me needs a password', 'password: user me needs a password']);
    await expect(validate({ ...picky, user: 'crash' })).rejects.toThrow('cannot validate');
  });

  it('reports a connector version that is not there on both properties', async () => {
    const message = `Plugin org.apache.kafka.connect.file.FileStreamSinkConnector not found that matches the version range [9.9,9.9], available versions: [4.3.1]`;
    expect(await errors({ ...SINK, 'connector.plugin.version': '9.9' })).toEqual([
      `connector.class: ${message}`,
      `connector.plugin.version: ${message}`,
    ]);
    await expect(validate({ ...SINK, 'connector.plugin.version': '[bad' })).rejects.toThrow('Unbounded range: [bad');
  });

  it('knows only what every connector has where the version is not there', async () => {
    const { groups, configs } = await validate({ ...SINK, topics: null, 'connector.plugin.version': '9.9' });
    expect(groups).toEqual(['Common', 'Transforms', 'Predicates', 'Error Handling']);
    const found = (name: string) => configs.find(({ value }) => value.name === name)?.value;
    expect(found('key.converter')).toMatchObject({ value: null, recommended_values: [] });
    expect(found('key.converter.plugin.version')).toMatchObject({ value: null, visible: false });
    expect(found('topics.regex')).toBeUndefined();
    const given = await validate({ ...SINK, 'key.converter': '-1', 'connector.plugin.version': '9.9' });
    expect(given.configs.find(({ value }) => value.name === 'key.converter')?.value).toMatchObject({
      recommended_values: [],
      errors: ['Invalid value -1 for configuration key.converter: Class -1 could not be found.'],
    });
  });

  it.each<[RawConnectorConfig, string[]]>([
    [{ 'value.converter.plugin.version': '[bad' }, ['value.converter.plugin.version: Unbounded range: [bad']],
    [
      { 'value.converter': 'JsonConverter', 'value.converter.plugin.version': '[bad' },
      ['value.converter.plugin.version: Unbounded range: [bad'],
    ],
    [
      { predicates: 'p', 'predicates.p.type': 'RecordIsTombstone', 'predicates.p.plugin.version': '[bad' },
      ['predicates.p.type', 'predicates.p.plugin.version'].map((name) => `${name}: Unbounded range: [bad`),
    ],
    [{ 'value.converter.plugin.version': '9.9' }, []],
    [
      { 'value.converter': 'JsonConverter', 'value.converter.decimal.format': null },
      [
        'value.converter.decimal.format: Null value can not be supplied as the configuration value.',
        'value.converter.decimal.format: Invalid value null for configuration decimal.format: String must be one of (case insensitive): NUMERIC, BASE64',
      ],
    ],
    [
      { 'value.converter': 'JsonConverter', 'value.converter.converter.type': null },
      ['value.converter.converter.type: Null value can not be supplied as the configuration value.'],
    ],
    [
      { 'topic.creation.groups': null },
      [
        'topic.creation.groups: Invalid value null for configuration topic.creation.groups: entry must be non null',
        'topic.creation.groups: Null value can not be supplied as the configuration value.',
      ],
    ],
    [
      { unknown: null, other: null },
      ['other', 'unknown'].map((name) => `${name}: Null value can not be supplied as the configuration value.`),
    ],
  ])('a source with %j has the errors %j', async (more, wanted) => {
    expect(await errors({ ...SOURCE, ...more })).toEqual(wanted);
  });

  it('says of a negation without predicate only that, whatever kind of class it is for', async () => {
    const negated = { ...SINK, transforms: 't', 'transforms.t.negate': 'true' };
    const found = expect.stringMatching(/^transforms\.t\.type: Config 'transforms\.t\.negate' was provided/);
    expect(await errors({ ...negated, 'transforms.t.type': 'JsonConverter' })).toEqual([found]);
    expect(await errors({ ...negated, 'transforms.t.type': 'Nope' })).toEqual([
      expect.stringContaining('Class Nope could not be found'),
      found,
    ]);
  });

  it('takes blanks around the class of a transformation, which is then not asked for its properties', async () => {
    const { configs, error_count: count } = await validate({
      ...SINK,
      transforms: 't',
      'transforms.t.type': ' org.apache.kafka.connect.transforms.Filter ',
    });
    const ofIt = configs.filter(({ value }) => value.name.startsWith('transforms.t.'));
    expect(ofIt.map(({ value }) => [value.name, value.value])).toEqual([
      ['transforms.t.type', 'org.apache.kafka.connect.transforms.Filter'],
      ['transforms.t.plugin.version', null],
    ]);
    expect(count).toBe(0);
  });

  it('lists properties that it does not know in the order of a HashMap of all', async () => {
    const nulls = { 'value.converter.decimal.format': null, 'value.converter.replace.null.with.default': null };
    for (const order of [Object.entries(nulls), Object.entries(nulls).reverse()]) {
      const { configs } = await validate({ ...SINK, ...Object.fromEntries(order) });
      expect(configs.slice(0, 2).map(({ value }) => value.name)).toEqual(Object.keys(nulls));
    }
  });

  it('needs a connector class that exists', async () => {
    await expect(validate({ name: 'a' })).rejects.toThrow('Connector config {name=a} contains no connector type');
    await expect(validate({ name: 'a', 'connector.class': 'Nope' })).rejects.toThrow('which name matches Nope');
  });

  it('checks properties of ours, shows them last where they are given, and else not at all', async () => {
    const names = (infos: ConfigInfos) => infos.configs.map(({ value }) => value.name);
    const plain = await validate(SOURCE);
    expect(names(plain).filter((name) => name.startsWith('errors.deadletterqueue'))).toEqual([]);
    const queue = { 'errors.deadletterqueue.topic.name': 'dead', 'admin.override.retries': '5' };
    const given = await validate({ ...SOURCE, ...queue, 'errors.deadletterqueue.topic.replication.factor': 'x' });
    expect(names(given).slice(names(plain).length)).toEqual([
      'admin.override.retries',
      'errors.deadletterqueue.topic.name',
      'errors.deadletterqueue.topic.replication.factor',
    ]);
    expect(given.error_count).toBe(1);
    expect(given.configs.at(-1)?.value.errors).toEqual([
      'Invalid value x for configuration errors.deadletterqueue.topic.replication.factor: Not a number of type SHORT',
    ]);
  });

  it('lets put be isolated only where failed records have a place', async () => {
    const config = { ...SINK, 'errors.put.isolation': 'true' };
    expect(await errors(config)).toEqual([
      'errors.put.isolation: errors.put.isolation needs errors.tolerance=all: without it a record that cannot be delivered fails the task.',
      'errors.put.isolation: errors.put.isolation needs a place for the records that it leaves out: set errors.deadletterqueue.topic.name, or errors.log.enable=true.',
    ]);
    const tolerant = { ...config, 'errors.tolerance': 'all' };
    expect(await errors({ ...tolerant, 'errors.log.enable': 'true' })).toEqual([]);
    expect(await errors({ ...tolerant, 'errors.deadletterqueue.topic.name': 'dead' })).toEqual([]);
    expect(await errors({ ...SINK, 'errors.put.isolation': 'false' })).toEqual([]);
  });

  it('checks what providers find, and shows the variables instead', async () => {
    process.env['VALIDATION_RULES_SPEC'] = 'me-and-my-secret';
    try {
      const { configs, error_count } = await validate({
        name: 'x',
        'connector.class': 'PickySource',
        user: '${env:VALIDATION_RULES_SPEC}',
        'tasks.max': '${env:VALIDATION_RULES_SPEC}',
      });
      expect(error_count).toBe(4);
      expect(JSON.stringify(configs)).not.toContain('me-and-my-secret');
      expect(configs.find(({ value }) => value.name === 'user')?.value).toMatchObject({
        value: '${env:VALIDATION_RULES_SPEC}',
        errors: ['user ${env:VALIDATION_RULES_SPEC} needs a password'],
      });
    } finally {
      delete process.env['VALIDATION_RULES_SPEC'];
    }
  });

  it('shows passwords nowhere, whatever a connector says of them', async () => {
    process.env['VALIDATION_RULES_SPEC'] = 'open-sesame';
    const config = { ...SOURCE, 'connector.class': 'PickySource', user: 'talkative' };
    try {
      for (const [password, said] of [
        ['plain-text-1', '[hidden]'],
        ['x-${env:VALIDATION_RULES_SPEC}', 'x-${env:VALIDATION_RULES_SPEC}'],
      ] as const) {
        const shown = JSON.stringify(await validate({ ...config, password }));
        expect(shown).toContain(`password ${said} is wrong`);
        expect(shown).not.toMatch(/plain-text|sesame/);
      }
      const without = { 'db.password': 'plain-text-1', a: '${env:VALIDATION_RULES_SPEC}' };
      await expect(validate(without)).rejects.toThrow(
        'Connector config {a=${env:VALIDATION_RULES_SPEC}, db.password=[hidden]} contains no connector type',
      );
    } finally {
      delete process.env['VALIDATION_RULES_SPEC'];
    }
  });

  it('lists all messages of a refusal in order', async () => {
    const infos = await validate({ ...SOURCE, topic: null, 'tasks.max': '0', 'errors.tolerance': 'x' });
    expect(invalidConfigMessage(infos)).toBe(
      'Connector configuration is invalid and contains the following 2 error(s):\n' +
        'Invalid value 0 for configuration tasks.max: Value must be at least 1\n' +
        'Invalid value x for configuration errors.tolerance: String must be one of: none, all\n' +
        'You can also find the above list of errors at the endpoint `/connector-plugins/{connectorType}/config/validate`',
    );
  });
});
