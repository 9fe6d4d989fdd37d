import { validateConnectorConfig, WorkerConfig, type ConfigInfo, type ConfigInfos } from '@tributary/config-schemas';
import { readFileSync } from 'node:fs';
import { MINIMAL_WORKER } from '@tributary/testing';
import { describe, expect, it } from 'vitest';
import { builtInPlugins } from './built-in-plugins.js';
import { PluginRegistry } from './plugin-registry.js';

/**
 * Answers of Apache Kafka Connect 4.3.1 to validation requests, without documentation texts. A case lists its properties
 * as `[first, last]` runs of the first case of its kind, or in full; definitions and recommended values are numbered.
 */
interface Case {
  readonly note: string;
  readonly config: Record<string, string | null>;
  readonly name: string;
  readonly error_count: number;
  readonly groups: readonly string[];
  readonly configs: readonly (Property | readonly [number, number])[];
}
interface Property {
  readonly name?: string;
  /** number of the definition */
  readonly d: number | null;
  readonly value: string | null;
  readonly errors?: readonly string[];
  readonly visible?: boolean;
  /** number of the recommended values */
  readonly r?: number;
}
interface Line {
  readonly definition?: Exclude<ConfigInfo['definition'], null>;
  readonly recommendation?: readonly string[];
  readonly case?: Case;
}

const lines = readFileSync(new URL('testing/validation-answers.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Line);
const definitions = lines.flatMap((line) => line.definition ?? []);
const recommendations = lines.flatMap((line) => (line.recommendation === undefined ? [] : [line.recommendation]));
const cases = lines.flatMap((line) => line.case ?? []);

const registry = await PluginRegistry.load({ pluginPath: [], builtIns: builtInPlugins });
const worker = WorkerConfig.parse(
  {
    ...MINIMAL_WORKER,
    'bootstrap.servers': 'localhost:9092',
    'group.id': 'refD-group',
    'key.converter': 'org.apache.kafka.connect.json.JsonConverter',
    'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
  },
  'herder',
  () => undefined,
);

describe('validateConnectorConfig answers as the reference does', () => {
  it.each(cases.map((each) => [each.note, each] as const))('%s', async (_note, expected) => {
    const answer = await validateConnectorConfig(expected.config, { plugins: registry, worker });
    expect(simplified(answer)).toEqual(simplified(expanded(expected)));
  });
});

function expanded(each: Case): ConfigInfos {
  const kind = each.name.includes('Sink') ? 'Sink' : 'Source';
  const base = cases.find(({ name }) => name.includes(kind))?.configs ?? [];
  const properties = each.configs.flatMap((item) => (isRun(item) ? base.slice(item[0], item[1] + 1) : [item]));
  const configs = properties.flatMap((item) => (isRun(item) ? [] : [full(item)]));
  return { name: each.name, error_count: each.error_count, groups: each.groups, configs };
}

function isRun(item: Property | readonly [number, number]): item is readonly [number, number] {
  return Array.isArray(item);
}

function full({ name, d, value, errors, visible, r }: Property): ConfigInfo {
  const definition = d === null ? null : (definitions[d] ?? null);
  return {
    definition,
    value: {
      name: definition?.name ?? name ?? '',
      value,
      recommended_values: r === undefined ? [] : (recommendations[r] ?? []),
      errors: errors ?? [],
      visible: visible ?? true,
    },
  };
}

/**
 * Leaves out what differs by nature: documentation, what a regular expression engine says is wrong, and the reference's
 * habit of listing the version of a class with two kinds twice.
 */
function simplified(infos: ConfigInfos): unknown {
  return {
    ...infos,
    configs: infos.configs.map(({ definition, value }) => ({
      definition: definition === null ? null : { ...definition, documentation: '' },
      value: {
        ...value,
        errors: value.errors.map((error) =>
          error.replace(/Invalid regex: .*/s, 'Invalid regex').replace('[4.3.1, 4.3.1]', '[4.3.1]'),
        ),
      },
    })),
  };
}
