import type { ConfigStore, StatusStore } from '@tributary/kafka-storage';
import { NotFoundError } from '@tributary/connect-api';
import type { ClusterView } from './cluster-view.js';

/** What a list of connectors may tell of each, as `?expand=` names it. */
export type Expansion = 'info' | 'status';

/**
 * The bodies that clients read most, as JSON text. Each is made when it is first asked for after a change of what it
 * shows: with many connectors, to make them for each request costs more than all else about the request.
 */
export class ConnectorTexts {
  readonly #infos = new Map<string, string>();
  readonly #statuses = new Map<string, string>();
  /** lists of all connectors in UTF-8, by their expansions */
  readonly #lists = new Map<string, Buffer>();

  constructor(
    private readonly view: ClusterView,
    configs: Pick<ConfigStore, 'subscribe'>,
    statuses: Pick<StatusStore, 'subscribe'>,
  ) {
    const configured = (name: string): void => this.#forget(name);
    configs.subscribe({
      connectorConfigChanged: configured,
      connectorRemoved: configured,
      taskConfigsChanged: configured,
    });
    statuses.subscribe({ statusChanged: (name) => this.#forget(name) });
  }

  /** Throws a NotFoundError. */
  info(name: string): string {
    return remembered(this.#infos, name, () => JSON.stringify(this.view.connectorInfo(name)));
  }

  /** Throws a NotFoundError. */
  status(name: string): string {
    return remembered(this.#statuses, name, () => JSON.stringify(this.view.connectorStatus(name)));
  }

  /**
   * `{"NAME":{"info":{..},"status":{..}},..}` with the expansions in their order; a connector that lacks one of them is
   * left out.
   */
  list(expansions: readonly Expansion[]): Buffer {
    return remembered(this.#lists, expansions.join(), () => {
      const members = this.view.connectorNames().flatMap((name) => this.#listed(name, expansions) ?? []);
      return Buffer.from(`{${members.join()}}`);
    });
  }

  #listed(name: string, expansions: readonly Expansion[]): string | undefined {
    try {
      const parts = expansions.map((part) => `"${part}":${this[part](name)}`);
      return `${JSON.stringify(name)}:{${parts.join()}}`;
    } catch (error) {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }
  }

  #forget(name: string): void {
    this.#infos.delete(name);
    this.#statuses.delete(name);
    this.#lists.clear();
  }
}

function remembered<T>(texts: Map<string, T>, key: string, make: () => T): T {
  const known = texts.get(key);
  if (known !== undefined) return known;
  const made = make();
  texts.set(key, made);
  return made;
}
