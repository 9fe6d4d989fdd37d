import {
  connectorDefinitions,
  connectorSecrets,
  passwordNames,
  validateConnectorConfig,
} from '@tributary/config-schemas';
import type { ConfigInfos, WorkerConfig } from '@tributary/config-schemas';
import { BadRequestError, ConfigError, NotFoundError } from '@tributary/connect-api';
import type { ConfigKeyInfo } from '@tributary/connect-api';
import type { RequestedConfig } from '../change/connector-name.js';
import type { Secrets } from '@tributary/observability';
import type { Instance } from '@tributary/plugin-host';
import type { AnyPlugin, PluginInfo, PluginRegistry } from '@tributary/plugins';
import type { SinkOffsets } from '../offsets/sink-offsets.js';
import type { SourceOffsets } from '../offsets/source-offsets.js';
import type { CataloguedConnector } from './plugin-catalogue.js';

/** `offsets` are of the connector's kind. */
interface AlterOffsets {
  readonly config: Readonly<Record<string, string>>;
  readonly offsets: SourceOffsets | SinkOffsets;
}

/** Thread side of the `PluginInspector`: its methods are the inspector's questions. */
export class PluginAnswers implements Instance {
  constructor(
    readonly plugins: PluginRegistry,
    readonly worker: WorkerConfig,
    /** of the question: what is secret in it gets into no error and no log */
    readonly secrets: Secrets,
  ) {}

  validate({ config, masked }: { config: RequestedConfig; masked: readonly string[] }): Promise<ConfigInfos> {
    const { plugins, worker, secrets } = this;
    return validateConnectorConfig(config, { plugins, worker, secrets, masked });
  }

  async passwordNames(config: RequestedConfig): Promise<readonly string[]> {
    return passwordNames(this.worker.providers.resolve(config), this);
  }

  async pluginConfig({ name, version }: { name: string; version?: string }): Promise<readonly ConfigKeyInfo[]> {
    const plugin = this.#find(name, version);
    if (plugin === undefined) throw new NotFoundError(`Unknown plugin ${name}.`);
    const own = plugin.create().config();
    if (plugin.kind !== 'sink' && plugin.kind !== 'source') return own.toKeyInfos();
    const keys = own.with(connectorDefinitions[plugin.kind].without(own.keys.keys())).toKeyInfos();
    const newest = this.plugins.any(name)?.version ?? null;
    return keys.map((key) => (key.name === 'connector.plugin.version' ? { ...key, default_value: newest } : key));
  }

  /** Asks an instance that is never started, as the reference does. */
  async alterOffsets({ config, offsets }: AlterOffsets): Promise<boolean> {
    const resolution = this.worker.providers.resolution(config);
    this.secrets.add(() => connectorSecrets(resolution, this));
    const props = resolution.properties;
    const plugin = this.plugins.connector(props['connector.class'] ?? '', props['connector.plugin.version']);
    const handled =
      plugin.kind === 'source'
        ? plugin.create().alterOffsets?.(props, offsets as SourceOffsets)
        : plugin.create().alterOffsets?.(props, offsets as SinkOffsets);
    return (await handled) === true;
  }

  async list(options: { readonly connectorsOnly: boolean }): Promise<readonly PluginInfo[]> {
    return this.plugins.list(options);
  }

  async connectors(): Promise<readonly CataloguedConnector[]> {
    return (['sink', 'source'] as const).flatMap((type) =>
      this.plugins.all(type).map(({ className, version }) => ({
        names: this.#namesOf(className),
        type,
        version: version ?? null,
      })),
    );
  }

  destroy(): void {}

  /** Here a version that is not there is the client's mistake. */
  #find(name: string, version: string | undefined): AnyPlugin | undefined {
    try {
      return this.plugins.any(name, version);
    } catch (error) {
      if (error instanceof ConfigError) throw new BadRequestError(error.message, { cause: error });
      throw new BadRequestError(`Invalid version specification: ${version}`, { cause: error });
    }
  }

  /** An alias may be taken by another class, so each is looked up. */
  #namesOf(className: string): readonly string[] {
    const simple = className.slice(className.lastIndexOf('.') + 1);
    return [className, simple, simple.replace(/Connector$/, '')].filter(
      (name) => this.plugins.any(name)?.className === className,
    );
  }
}
