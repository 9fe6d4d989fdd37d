import type { WorkerConfig } from '@tributary/config-schemas';
import type { RestExtension } from '@tributary/connect-api';
import { loggerFor } from '@tributary/observability';
import { builtInPlugins, loadRestExtensions } from '@tributary/plugins';
import type { ServiceApp } from '@tributary/rest-api';

const log = loggerFor('gateway.extensions');

/** The extensions of `rest.extension.classes`, from start to end. They run in this process's main thread. */
export class RestExtensions {
  private constructor(private readonly extensions: readonly RestExtension[]) {}

  /** Throws a ConfigError for a class that is not there, and whatever an extension throws. */
  static async load(config: WorkerConfig): Promise<RestExtensions> {
    const sources = { pluginPath: config.list('plugin.path'), builtIns: builtInPlugins };
    const extensions = await loadRestExtensions(sources, config.list('rest.extension.classes'));
    for (const extension of extensions) await extension.configure(config.properties);
    return new RestExtensions(extensions);
  }

  async register(app: ServiceApp): Promise<void> {
    for (const extension of this.extensions) await extension.register({ use: (filter) => app.addFilter(filter) });
  }

  async close(): Promise<void> {
    for (const extension of this.extensions) {
      try {
        await extension.close();
      } catch (error) {
        log.warn({ err: error }, 'a REST extension did not close');
      }
    }
  }
}
