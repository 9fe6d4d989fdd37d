import { ConfigDef } from '@tributary/connect-api';
import { soundsSecret } from '@tributary/observability';
import { clientDefinitions, type ClientKind } from '../clients/client-keys.js';
import { connectorDefinitions } from '../connector/connector-config.js';
import { converterSetting, type ConverterKey } from '../connector/converter-setting.js';
import type { PluginKind, PluginLookup } from '../plugins/plugin-lookup.js';
import { aliasSection } from '../validation/alias-section.js';
import type { WorkerConfig } from '../worker/worker-config.js';

const CONVERTERS: readonly ConverterKey[] = ['header.converter', 'key.converter', 'value.converter'];
const CLIENTS: readonly ClientKind[] = ['producer', 'consumer', 'admin'];

type ConfigProps = Readonly<Record<string, string | null>>;

/** Where the properties of a connector's configuration are defined. */
export interface SecretsContext {
  readonly plugins: PluginLookup;
  readonly worker: WorkerConfig;
}

/**
 * The properties of a connector's configuration that hold passwords: those that the connector, its converters,
 * transformations and predicates, and its Kafka clients define as PASSWORD. Of a property that none of them defines the
 * name decides, so that what belongs to a plugin that is not installed is no less secret.
 */
export function passwordNames(config: ConfigProps, context: SecretsContext): string[] {
  const sections = sectionsOf(config, context);
  return Object.keys(config).filter((name) => {
    for (const { prefix, definition } of sections) {
      const key = name.startsWith(prefix) ? definition.keys.get(name.slice(prefix.length)) : undefined;
      if (key !== undefined) return key.type === 'PASSWORD';
    }
    return soundsSecret(name);
  });
}

/** Properties that begin with `prefix`, as what comes after it is defined. */
interface Section {
  readonly prefix: string;
  readonly definition: ConfigDef;
}

function sectionsOf(config: ConfigProps, { plugins, worker }: SecretsContext): Section[] {
  const connector = () => {
    const plugin = plugins.connector(config['connector.class'] ?? '', config['connector.plugin.version']);
    const own = plugin.create().config();
    return connectorDefinitions[plugin.kind].with(own.without(connectorDefinitions[plugin.kind].keys.keys()));
  };
  const converter = (key: ConverterKey) => () => {
    const { className, version } = converterSetting(config, key, worker);
    const kind: PluginKind = key === 'header.converter' ? 'header_converter' : 'converter';
    return plugins.find(kind, className, version)?.create().config();
  };
  return [
    section('', connector),
    section('', () => aliasSection('transforms', config, plugins).definition),
    section('', () => aliasSection('predicates', config, plugins).definition),
    ...CONVERTERS.map((key) => section(`${key}.`, converter(key))),
    ...CLIENTS.map((kind) => section(`${kind}.override.`, () => clientDefinitions[kind])),
  ];
}

/** Without keys where a plugin is not there, or fails to say what it understands. */
function section(prefix: string, definition: () => ConfigDef | undefined): Section {
  try {
    return { prefix, definition: definition() ?? NO_KEYS };
  } catch {
    return { prefix, definition: NO_KEYS };
  }
}

const NO_KEYS = ConfigDef.define({});
