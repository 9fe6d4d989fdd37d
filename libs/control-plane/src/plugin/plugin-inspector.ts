import { invalidConfigMessage } from '@tributary/config-schemas';
import type { ConfigInfos } from '@tributary/config-schemas';
import { ConnectError, IllegalStateError } from '@tributary/connect-api';
import type { ConfigKeyInfo, SourceOffset, SourcePartition, TopicPartition } from '@tributary/connect-api';
import type { RequestedConfig } from '../change/connector-name.js';
import type { HostedOwner, HostPool } from '@tributary/plugin-host';
import type { PluginInfo } from '@tributary/plugins';
import { Stages, within } from '../change/stages.js';
import { REQUEST_LIMIT_MS } from '../change/change-queue.js';
import { PluginCatalogue } from './plugin-catalogue.js';
import type { CataloguedConnector } from './plugin-catalogue.js';

/** What an inspector that has been told to end may still need, milliseconds. */
const END_LIMIT_MS = 1_000;
/** A question whose thread goes by the fault of another is asked again so often. */
const ATTEMPTS = 3;

/**
 * Answers questions about plugins, by running their code in worker threads: each question in an instance of its own, so
 * that a plugin that hangs or dies spoils its own answer only. Questions after the same class share a thread of their
 * own once one of them has hung.
 */
export class PluginInspector {
  constructor(
    private readonly pool: HostPool,
    private readonly limitMs = REQUEST_LIMIT_MS,
  ) {}

  /**
   * Checks a connector's config as a whole; what properties that were `masked` hold is shown nowhere. A config with
   * errors is an answer; throws where it cannot be checked.
   */
  validate(config: RequestedConfig, masked: readonly string[] = []): Promise<ConfigInfos> {
    return this.#ask(`validation of ${config['connector.class']}`, 'validating connector configuration', 'validate', {
      config,
      masked,
    });
  }

  /** The message that refuses a config; undefined where nothing is wrong with it. */
  async check(config: RequestedConfig, masked: readonly string[] = []): Promise<string | undefined> {
    const infos = await this.validate(config, masked);
    return infos.error_count === 0 ? undefined : invalidConfigMessage(infos);
  }

  /** The properties among those of a connector's config that hold passwords. */
  passwordNames(config: RequestedConfig): Promise<readonly string[]> {
    return this.#ask(`definition of ${config['connector.class']}`, 'finding passwords', 'passwordNames', config);
  }

  /** Every property that the plugin understands. Throws a NotFoundError for a plugin that is not installed. */
  pluginConfig(name: string, version?: string): Promise<readonly ConfigKeyInfo[]> {
    const stage = 'retrieving the configuration definition from the connector';
    return this.#ask(`definition of ${name}`, stage, 'pluginConfig', { name, version });
  }

  /** Asks the connector's own check of a change of its offsets; true: it has handled them itself too. Throws what it throws. */
  alterOffsets(
    config: Readonly<Record<string, string>>,
    offsets: ReadonlyMap<SourcePartition | TopicPartition | null, SourceOffset | number | null>,
  ): Promise<boolean> {
    const key = `change of offsets by ${config['connector.class']}`;
    return this.#ask(key, `modifying offsets for connector ${config['name']}`, 'alterOffsets', { config, offsets });
  }

  plugins(options: { readonly connectorsOnly: boolean }): Promise<readonly PluginInfo[]> {
    return this.#ask('list of plugins', 'listing plugins', 'list', options);
  }

  async catalogue(): Promise<PluginCatalogue> {
    const connectors: readonly CataloguedConnector[] = await this.#ask(
      'catalogue of connectors',
      'loading plugins',
      'connectors',
      undefined,
    );
    return new PluginCatalogue(connectors);
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  async #ask<T>(key: string, stage: string, method: string, argument: unknown): Promise<T> {
    const stages = new Stages();
    const controller = new AbortController();
    const answer = stages.during(stage, () => this.#answer<T>(key, method, argument, controller.signal));
    answer.catch(() => undefined);
    try {
      return await within(this.limitMs, stages, answer);
    } finally {
      controller.abort();
    }
  }

  async #answer<T>(key: string, method: string, argument: unknown, signal: AbortSignal): Promise<T> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const question = new Question();
      const hosted = await this.pool.host(key, { kind: 'inspector' }, question, { signal });
      const end = (): void => void hosted.destroy(END_LIMIT_MS);
      signal.addEventListener('abort', end, { once: true });
      try {
        return await hosted.call<T>(method, argument);
      } catch (error) {
        if (!question.innocent) throw error;
      } finally {
        signal.removeEventListener('abort', end);
        end();
      }
    }
    throw new ConnectError(`${key} was interrupted ${ATTEMPTS} times by other plugins that died`);
  }
}

/** Owner of an instance that answers one question. */
class Question implements HostedOwner {
  /** the answer was lost by the fault of another instance */
  innocent = false;

  event(): void {}

  async request(name: string): Promise<never> {
    throw new IllegalStateError(`a plugin cannot ask for ${name}`);
  }

  gone(error: Error | undefined): void {
    this.innocent = error === undefined;
  }
}
