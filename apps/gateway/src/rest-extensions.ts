import type { WorkerConfig } from '@tributary/config-schemas';
import { ConfigError, type RestExtension, type RestExtensionContext } from '@tributary/connect-api';
import { loggerFor } from '@tributary/observability';
import { loadRestExtensions } from '@tributary/plugins';
import type { ServiceApp } from '@tributary/rest-api';
import { AuthenticationExtension, auditFilter } from '@tributary/rest-auth';

const log = loggerFor('gateway.extensions');

/**
 * What stands before the REST API: the audit log, bearer tokens, and the extensions of `rest.extension.classes`, from
 * start to end. They run in this process's main thread.
 */
export class RestExtensions {
  private constructor(
    private readonly extensions: readonly RestExtension[],
    private readonly audited: boolean,
  ) {}

  /** Throws a ConfigError for a class that is not there, and whatever an extension throws. */
  static async load(config: WorkerConfig): Promise<RestExtensions> {
    const sources = {
      pluginPath: config.list('plugin.path'),
      builtIns: [{ restExtensions: [AuthenticationExtension] }],
    };
    const names = config.list('rest.extension.classes');
    const extensions = await loadRestExtensions(sources, names);
    if (!names.includes(AuthenticationExtension.className)) {
      if (config.isSet('rest.auth.jwt.jwks')) extensions.unshift(new AuthenticationExtension());
      else assertNoLoginMeant(config);
    }
    for (const extension of extensions) await extension.configure(config.properties);
    return new RestExtensions(extensions, config.boolean('rest.audit.enable'));
  }

  async register(app: Pick<ServiceApp, 'addFilter' | 'answerUnserved'>): Promise<void> {
    if (this.audited) app.addFilter(auditFilter());
    const context: RestExtensionContext = {
      use: (filter) => app.addFilter(filter),
      answerUnserved: (request, response) => app.answerUnserved(request, response),
    };
    for (const extension of this.extensions) await extension.register(context);
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

/** Who lists users or roles and forgets to ask for a login would have an API that is open to everybody. */
function assertNoLoginMeant(config: WorkerConfig): void {
  const meant = Object.keys(config.properties).find((name) => name.startsWith('rest.auth.'));
  if (meant === undefined) return;
  throw new ConfigError(
    `Configuration ${meant} is set, but nothing asks for a login: set rest.auth.jwt.jwks, or let rest.extension.classes ` +
      `name ${AuthenticationExtension.className}`,
  );
}
