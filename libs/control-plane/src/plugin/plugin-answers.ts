import { connectorDefinitions, validateConnectorConfig } from '@tributary/config-schemas';
import type { ConfigInfos, WorkerConfig } from '@tributary/config-schemas';
import { NotFoundError } from '@tributary/connect-api';
import type { ConfigKeyInfo } from '@tributary/connect-api';
import type { RequestedConfig } from '../change/connector-name.js';
import type { Instance } from '@tributary/plugin-host';
import type { PluginInfo, PluginRegistry } from '@tributary/plugins';
import type { CataloguedConnector } from './plugin-catalogue.js';

/** Thread side of the `PluginInspector`: its methods are the inspector's questions. */
export class PluginAnswers implements Instance {
  constructor(
    private readonly plugins: PluginRegistry,
    private readonly worker: WorkerConfig,
  ) {}

  validate(config: RequestedConfig): Promise<ConfigInfos> {
    return validateConnectorConfig(config, { plugins: this.plugins, worker: this.worker });
  }

  async pluginConfig({ name, version }: { name: string; version?: string }): Promise<readonly ConfigKeyInfo[]> {
    const plugin = this.plugins.any(name, version);
    if (plugin === undefined) throw new NotFoundError(`Unknown plugin ${name}.`);
    const own = plugin.create().config();
    if (plugin.kind !== 'sink' && plugin.kind !== 'source') return own.toKeyInfos();
    return own.with(connectorDefinitions[plugin.kind].without(own.keys.keys())).toKeyInfos();
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

  /** An alias may be taken by another class, so each is looked up. */
  #namesOf(className: string): readonly string[] {
    const simple = className.slice(className.lastIndexOf('.') + 1);
    return [className, simple, simple.replace(/Connector$/, '')].filter(
      (name) => this.plugins.any(name)?.className === className,
    );
  }
}
