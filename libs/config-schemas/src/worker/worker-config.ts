import { ConfigError, displayed, type Config, type Password } from '@tributary/connect-api';
import { Secrets, workerSecrets as secretsInUse } from '@tributary/observability';
import { clientDefinitions } from '../clients/client-keys.js';
import { overridePolicy } from '../clients/override-policy.js';
import { httpsPrefix, type HttpsPrefix } from './https-prefix.js';
import {
  advertisedAddress,
  askedAddress,
  checkAdvertising,
  type AdvertisedAddress,
  type AskedAddress,
} from './advertised-address.js';
import { parseListeners, type Listener } from './listeners.js';
import { ConfigProviders } from '../providers/config-providers.js';
import { workerSecrets } from '../secrets/worker-secrets.js';
import { stripped } from '../properties/stripped.js';
import { sessionKeyBytes } from './signing-algorithms.js';
import { unknownProperties } from './unknown-properties.js';
import { workerDefinition } from './worker-definition.js';

/** The three services; they differ in the property that says where they listen. */
export type Service = 'gateway' | 'herder' | 'task-executor';

const LISTENERS_OF: Readonly<Record<Service, string>> = {
  gateway: 'listeners',
  herder: 'herder.listeners',
  'task-executor': 'executor.listeners',
};

/** Clients of a service know these, but a worker means something else by them. */
const NOT_FOR_CLIENTS = new Set([
  'client.id',
  'group.id',
  'session.timeout.ms',
  'heartbeat.interval.ms',
  'metric.reporters',
]);

/**
 * The properties of a service, checked. Getters are those of {@link Config}; `properties` has them as given, but with the
 * variables of config providers replaced.
 */
export class WorkerConfig {
  private constructor(
    readonly service: Service,
    readonly properties: Readonly<Record<string, string>>,
    readonly config: Config,
    /** what variables in connector configurations stand for */
    readonly providers: ConfigProviders,
  ) {}

  /**
   * Checks everything; throws a {@link ConfigError} that names property, value and what is allowed. Each property that
   * nobody knows is told to `warn`, by name only.
   */
  static parse(
    properties: Readonly<Record<string, string>>,
    service: Service,
    warn: (message: string) => void,
  ): WorkerConfig {
    const providers = ConfigProviders.from(properties);
    const { properties: resolved, found } = providers.resolveWorker(properties);
    const config = checked(resolved, found);
    const worker = new WorkerConfig(service, resolved, config, providers);
    checkAdvertising(worker.askedAddress, worker.listeners);
    for (const name of unknownProperties(Object.keys(properties))) warn(`Unknown property ${name} has no effect`);
    return worker;
  }

  /** To be called once in each thread: from then on the worker's passwords are hidden in all that it logs or throws. */
  hideSecrets(): void {
    secretsInUse.add(() => workerSecrets(this.properties));
  }

  string(key: string): string {
    return this.config.string(key);
  }

  optionalString(key: string): string | undefined {
    return this.config.optionalString(key);
  }

  int(key: string): number {
    return this.config.int(key);
  }

  optionalInt(key: string): number | undefined {
    return this.config.optionalInt(key);
  }

  boolean(key: string): boolean {
    return this.config.boolean(key);
  }

  /** Without repetitions; empty where it is not set. */
  list(key: string): readonly string[] {
    return [...new Set(this.config.optionalList(key) ?? [])];
  }

  password(key: string): Password | undefined {
    return this.config.password(key);
  }

  /** Whether the property was given, rather than left to its default. */
  isSet(key: string): boolean {
    return Object.hasOwn(this.properties, key);
  }

  /** The properties below a prefix as given, with the prefix taken off. */
  withPrefix(prefix: string): Record<string, string> {
    return stripped(this.properties, prefix);
  }

  /** Whether source tasks write their records and offsets in transactions. */
  get exactlyOnceSource(): boolean {
    return this.string('exactly.once.source.support').toLowerCase() === 'enabled';
  }

  /** Where this service listens. */
  get listeners(): readonly Listener[] {
    const property = LISTENERS_OF[this.service];
    return parseListeners(this.config.list(property), property);
  }

  /** By which address others reach this service; `localHost` is this machine. See {@link advertisedAddress}. */
  advertisedAddress(boundPort: (listener: Listener) => number, localHost: string): AdvertisedAddress {
    return advertisedAddress(this.askedAddress, this.listeners, boundPort, localHost);
  }

  private get askedAddress(): AskedAddress {
    return askedAddress(this.config, this.service === 'gateway' || this.isSet(LISTENERS_OF[this.service]));
  }

  /** See {@link httpsPrefix}. */
  httpsPrefix(prefix: HttpsPrefix): HttpsPrefix | '' {
    return httpsPrefix(this.properties, prefix);
  }

  /** Properties of the service's own Kafka clients: the worker's, as far as a Kafka client knows them. */
  internalClientProperties(clientId = this.optionalString('client.id') ?? ''): Record<string, string> {
    const definitions = Object.values(clientDefinitions);
    const known = Object.entries(this.properties).filter(
      ([name]) => !NOT_FOR_CLIENTS.has(name) && definitions.some((definition) => definition.keys.has(name)),
    );
    return { ...Object.fromEntries(known), 'client.id': clientId };
  }

  /** Properties with which this process joins the cluster's group. */
  membershipProperties(): Record<string, string> {
    const own = Object.fromEntries(MEMBERSHIP.map((name) => [name, String(this.config.get(name))]));
    return { ...this.internalClientProperties(), ...own };
  }
}

/** What a member of the cluster's group goes by; defaults filled in. */
const MEMBERSHIP = [
  'group.id',
  'session.timeout.ms',
  'heartbeat.interval.ms',
  'rebalance.timeout.ms',
  'scheduled.rebalance.max.delay.ms',
];

/** Throws a {@link ConfigError} that has variables in place of what was found for them. */
function checked(resolved: Readonly<Record<string, string>>, found: ReadonlyMap<string, string>): Config {
  try {
    const config = workerDefinition.parse(resolved);
    checkTogether(config);
    overridePolicy(config);
    return config;
  } catch (cause) {
    if (!(cause instanceof ConfigError) || found.size === 0) throw cause;
    const longestFirst = [...found].toSorted(([, a], [, b]) => b.length - a.length);
    const message = longestFirst.reduce(
      (text, [variable, value]) => text.replaceAll(` ${value} `, () => ` ${variable} `),
      cause.message,
    );
    // Without its cause, which says it all.
    throw new ConfigError(new Secrets(found.values()).hide(message));
  }
}

/** Rules that need more than one property. */
function checkTogether(config: Config): void {
  sessionKeyBytes(config.string('inter.worker.key.generation.algorithm'), config.optionalInt('inter.worker.key.size'));
  const signature = config.string('inter.worker.signature.algorithm');
  if (!config.list('inter.worker.verification.algorithms').includes(signature)) {
    throw new ConfigError(
      `Invalid value ${signature} for configuration inter.worker.signature.algorithm: ` +
        'Signature algorithm must be present in inter.worker.verification.algorithms list',
    );
  }
  const heartbeat = config.get('heartbeat.interval.ms');
  if (config.int('heartbeat.interval.ms') >= config.int('session.timeout.ms')) {
    throw new ConfigError(
      `Invalid value ${displayed(heartbeat)} for configuration heartbeat.interval.ms: ` +
        `Heartbeat must be set lower than the session timeout (session.timeout.ms is ${config.int('session.timeout.ms')})`,
    );
  }
}
