import { ConfigDef, ConfigError, ConnectError, javaRegExp, type Config } from '@tributary/connect-api';
import { stripped } from '../properties/stripped.js';
import { commonKeys } from './common-keys.js';
import { ownDefinitions } from './own-keys.js';
import { sinkKeys } from './sink-keys.js';
import { sourceKeys } from './source-keys.js';

/** The properties that connectors of a kind share, without those of the connector itself. */
export const connectorDefinitions = {
  source: ConfigDef.define({ ...commonKeys, ...sourceKeys }),
  sink: ConfigDef.define({ ...commonKeys, ...sinkKeys }),
} as const;

/** What a connector of a kind is run by. */
const runtimeDefinitions = {
  source: connectorDefinitions.source.with(ownDefinitions.source),
  sink: connectorDefinitions.sink.with(ownDefinitions.sink),
} as const;

/** How one transformation or predicate is set up. */
export interface AliasedPlugin {
  readonly alias: string;
  readonly type: string;
  readonly version: string | undefined;
  /** the properties below its alias */
  readonly configs: Readonly<Record<string, string>>;
}

/** One step of a connector's chain. With a predicate it applies where the predicate's answer differs from `negate`. */
export interface TransformConfig extends AliasedPlugin {
  readonly predicate: AliasedPlugin | undefined;
  readonly negate: boolean;
}

/** What errors.* says. */
export interface ErrorHandlingConfig {
  /** milliseconds; 0: no retry, -1: for ever */
  readonly retryTimeoutMs: number;
  readonly retryDelayMaxMs: number;
  readonly tolerance: 'none' | 'all';
  readonly log: boolean;
  readonly logMessages: boolean;
}

/** Where failed records go. */
export interface DeadLetterQueueConfig {
  readonly topic: string;
  readonly replicationFactor: number;
  readonly contextHeaders: boolean;
}

/**
 * A connector's properties for the runtime: parsed, with defaults, those that only we have among them. `properties` has
 * them as given.
 */
export class ConnectorConfig {
  private constructor(
    readonly kind: 'source' | 'sink',
    readonly properties: Readonly<Record<string, string>>,
    readonly config: Config,
  ) {}

  /** Throws a {@link ConfigError} that names the first wrong property. */
  static parse(properties: Readonly<Record<string, string>>, kind: 'source' | 'sink'): ConnectorConfig {
    return new ConnectorConfig(kind, properties, runtimeDefinitions[kind].parse(properties));
  }

  get name(): string {
    return this.config.string('name');
  }

  get connectorClass(): string {
    return this.config.string('connector.class');
  }

  get tasksMax(): number {
    return this.config.int('tasks.max');
  }

  get enforceTasksMax(): boolean {
    return this.config.boolean('tasks.max.enforce');
  }

  get errors(): ErrorHandlingConfig {
    return {
      retryTimeoutMs: this.config.int('errors.retry.timeout'),
      retryDelayMaxMs: this.config.int('errors.retry.delay.max.ms'),
      tolerance: this.config.string('errors.tolerance') === 'all' ? 'all' : 'none',
      log: this.config.boolean('errors.log.enable'),
      logMessages: this.config.boolean('errors.log.include.messages'),
    };
  }

  /** undefined: there is none */
  get deadLetterQueue(): DeadLetterQueueConfig | undefined {
    const topic = this.config.string('errors.deadletterqueue.topic.name').trim();
    if (topic === '') return undefined;
    return {
      topic,
      replicationFactor: this.config.int('errors.deadletterqueue.topic.replication.factor'),
      contextHeaders: this.config.boolean('errors.deadletterqueue.context.headers.enable'),
    };
  }

  /** Whether the records that make a sink's `put` throw are looked for, reported and left out. */
  get isolatesPuts(): boolean {
    if (this.kind === 'source' || !this.config.boolean('errors.put.isolation')) return false;
    const { tolerance, log } = this.errors;
    return tolerance === 'all' && (log || this.deadLetterQueue !== undefined);
  }

  /** What a sink reads: a list, or an expression that matches whole names. */
  get topics(): readonly string[] | RegExp {
    const regex = this.config.string('topics.regex');
    return regex === '' ? this.config.list('topics') : javaRegExp(regex, { whole: true });
  }

  /** The chain, in order. Throws a {@link ConfigError} for a missing type, a {@link ConnectError} for a predicate that is not defined. */
  get transforms(): TransformConfig[] {
    return this.config.list('transforms').map((alias) => {
      const { predicate, negate, ...own } = stripped(this.properties, `transforms.${alias}.`);
      return {
        ...aliased('transforms', alias, own),
        predicate: predicate === undefined ? undefined : this.#predicate(predicate.trim()),
        negate: negate?.trim().toLowerCase() === 'true',
      };
    });
  }

  #predicate(alias: string): AliasedPlugin {
    if (!this.config.list('predicates').includes(alias)) {
      const cause = new ConfigError(`Unknown configuration 'predicates.${alias}.plugin.version'`);
      throw new ConnectError(`${cause.referenceClass}: ${cause.message}`, { cause });
    }
    return aliased('predicates', alias, stripped(this.properties, `predicates.${alias}.`));
  }
}

function aliased(section: string, alias: string, own: Readonly<Record<string, string>>): AliasedPlugin {
  const { type, 'plugin.version': version, ...configs } = own;
  if (type === undefined) {
    throw new ConfigError(`Missing required configuration "${section}.${alias}.type" which has no default value.`);
  }
  return { alias, type: type.trim(), version: version?.trim(), configs };
}
