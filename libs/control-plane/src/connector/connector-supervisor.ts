import type { ConfigListener, ConfigStore, RestartRequest, StatusStore } from '@tributary/kafka-storage';
import { NotFoundError } from '@tributary/connect-api';
import { loggerFor } from '@tributary/observability';
import { restartsConnector } from '../change/restart-plan.js';
import { ConnectorLifecycle } from './connector-lifecycle.js';
import { Interrupted } from './interruption.js';
import type { DesiredConnector, LifecycleSurroundings } from './connector-lifecycle.js';

const log = loggerFor('herder.connectors');

/**
 * Runs every connector of the config topic, from the moment this herder leads until it no longer does, by one
 * {@link ConnectorLifecycle} each. It hears of changes from the config topic alone, also of those that this herder
 * wrote itself, so what runs never runs ahead of what is stored.
 */
export class ConnectorSupervisor implements ConfigListener {
  readonly #lifecycles = new Map<string, ConnectorLifecycle>();
  /** deleted connectors whose instance is not gone yet */
  readonly #ending = new Map<string, Promise<void>>();

  constructor(
    private readonly configs: ConfigStore,
    private readonly statuses: StatusStore,
    private readonly surroundings: LifecycleSurroundings,
  ) {}

  start(): void {
    for (const name of this.configs.snapshot().connectors()) this.#follow(name);
  }

  /** Restarts the connector's instance alone. Resolves when it runs; rejects where it is deleted meanwhile. */
  async restart(name: string): Promise<void> {
    const lifecycle = this.#lifecycles.get(name);
    if (lifecycle === undefined) throw new NotFoundError(`Unknown connector: ${name}`);
    try {
      await lifecycle.restart({ announce: false });
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      throw new NotFoundError(`Unknown connector: ${name}`, { cause: error });
    }
  }

  connectorConfigChanged(name: string): void {
    this.#follow(name);
  }

  targetStateChanged(name: string): void {
    this.#follow(name);
  }

  connectorRemoved(name: string): void {
    const lifecycle = this.#lifecycles.get(name);
    if (lifecycle === undefined) return;
    this.#lifecycles.delete(name);
    const ending = lifecycle.end().then(() => {
      if (this.#ending.get(name) === ending) this.#ending.delete(name);
      log.info({ connector: name }, 'deleted connector is stopped');
    });
    this.#ending.set(name, ending);
  }

  restartRequested(request: RestartRequest): void {
    const lifecycle = this.#lifecycles.get(request.connector);
    if (lifecycle === undefined || !restartsConnector(request, this.statuses.connector(request.connector))) return;
    lifecycle.restart({ announce: true }).catch((error: unknown) => {
      // Deleted meanwhile, or another herder's.
      if (error instanceof Interrupted) return;
      log.warn({ connector: request.connector, err: error }, 'restarted connector failed');
    });
  }

  /** Ends every connector; resolves when all are gone. */
  async stop(): Promise<void> {
    const lifecycles = [...this.#lifecycles.values()];
    this.#lifecycles.clear();
    await Promise.all([...lifecycles.map((lifecycle) => lifecycle.end()), ...this.#ending.values()]);
  }

  #follow(name: string): void {
    const desired = this.#desired(name);
    if (desired === undefined) return;
    const lifecycle = this.#lifecycles.get(name);
    if (lifecycle !== undefined) {
      lifecycle.update(desired);
      return;
    }
    const begun = new ConnectorLifecycle(name, desired, this.surroundings, this.#ending.get(name));
    this.#lifecycles.set(name, begun);
  }

  #desired(name: string): DesiredConnector | undefined {
    const snapshot = this.configs.snapshot();
    const config = snapshot.connectorConfig(name);
    return config === undefined ? undefined : { config, state: snapshot.targetState(name) ?? 'STARTED' };
  }
}
