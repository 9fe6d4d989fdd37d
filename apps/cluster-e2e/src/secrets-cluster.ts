import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { kafkaClients } from '@tributary/kafka-client';
import type { Member, TributaryCluster } from '@tributary/tools/cluster';
import { Fixture } from './fixture.js';

const PLUGINS = fileURLToPath(new URL('../test/plugins', import.meta.url));
const AUTH = 'org.apache.kafka.connect.rest.basic.auth.extension';

/** How every secret ends, so that all are found. */
export const MARK = '-5ecret';
export const PLAIN_LOGIN = 'org.apache.kafka.common.security.plain.PlainLoginModule required username="u"';

/** Every secret that is put somewhere, by where. */
export class PlantedSecrets {
  readonly #byPlace = new Map<string, string>();

  plant(place: string): string {
    const made = `${place}${MARK}`;
    this.#byPlace.set(place, made);
    return made;
  }

  of(place: string): string {
    return this.#byPlace.get(place) ?? '';
  }

  get count(): number {
    return this.#byPlace.size;
  }
}

/** A cluster that is told secrets wherever there may be some, and asks who calls it to log in. One gateway masks passwords. */
export class SecretsCluster {
  /** all that its gateways have ever answered; the requests to the one that masks are marked */
  readonly answers: [request: string, text: string][] = [];

  private constructor(
    private readonly fixture: Fixture,
    private readonly cluster: TributaryCluster,
    private readonly masking: Member,
    private readonly secrets: PlantedSecrets,
  ) {}

  static async start(secrets: PlantedSecrets): Promise<SecretsCluster> {
    const fixture = await Fixture.start();
    try {
      return await SecretsCluster.on(fixture, secrets);
    } catch (error) {
      await fixture.dispose();
      throw error;
    }
  }

  private static async on(fixture: Fixture, secrets: PlantedSecrets): Promise<SecretsCluster> {
    const secret = (place: string) => secrets.plant(place);
    process.env['SECRETS_SPEC'] = secret('environment');
    process.env['TRIBUTARY_LOG_LEVEL'] = 'TRACE';
    const variable = writeSecretFile(fixture, secret('file'), secret('number'));
    mkdirSync(fixture.file('mounted'));
    writeFileSync(fixture.file('mounted/key'), `${secret('mounted')}\n`);
    writeFileSync(fixture.file('users'), `admin=${secret('basic-password')}\n`);
    const jaas = fixture.file('jaas.conf');
    writeFileSync(jaas, `KafkaConnect { ${AUTH}.PropertyFileLoginModule required file="${fixture.file('users')}"; };`);
    const cluster = await fixture.cluster('secrets', 1, {
      'plugin.path': PLUGINS,
      'offset.flush.interval.ms': '300',
      'rest.extension.classes': `${AUTH}.BasicAuthSecurityRestExtension`,
      'rest.auth.login.config': jaas,
      'config.providers': 'file,dir,env',
      'config.providers.file.class': 'FileConfigProvider',
      'config.providers.file.param.ttl.ms': '300',
      'config.providers.dir.class': 'DirectoryConfigProvider',
      'config.providers.dir.param.token': secret('provider-parameter'),
      'config.providers.env.class': 'EnvVarConfigProvider',
      'ssl.keystore.password': secret('worker-keystore'),
      'sasl.jaas.config': `${PLAIN_LOGIN} password="${secret('worker-jaas')}";`,
      'producer.sasl.jaas.config': `${PLAIN_LOGIN} password="${secret('worker-producer-jaas')}";`,
      'listeners.https.ssl.key.password': variable,
      'header.converter.api.key': secret('worker-converter'),
    });
    process.env['CONNECT_REST_MASK_PASSWORDS'] = 'true';
    const masking = await cluster.add('gateway');
    delete process.env['CONNECT_REST_MASK_PASSWORDS'];
    return new SecretsCluster(fixture, cluster, masking, secrets);
  }

  /** The variable of a file's secret. */
  get fileVariable(): string {
    return secretIn(this.fixture, 'first');
  }

  /** The variable of a file's secret that no number can be. */
  get numberVariable(): string {
    return secretIn(this.fixture, 'number');
  }

  /** The variable of a secret in a folder. */
  get mountedVariable(): string {
    return `\${dir:${this.fixture.file('mounted')}:key}`;
  }

  /** From now on the file says this. */
  changeFile(secret: string): void {
    writeSecretFile(this.fixture, secret, this.secrets.of('number'));
  }

  /** `login`: the header of another than the one who may do everything */
  send(method: string, path: string, body?: unknown, login = this.login) {
    return this.ask(this.cluster.client.baseUrl, '', method, path, body, login);
  }

  /** Asks the gateway that masks passwords. */
  sendMasking(method: string, path: string, body?: unknown) {
    return this.ask(this.masking.url, 'masked ', method, path, body, this.login);
  }

  /** Keys, values and headers of all records in a topic. */
  async records(topic: string): Promise<string[]> {
    const found: string[] = [];
    const client = { 'bootstrap.servers': this.fixture.broker.bootstrapServers };
    const reader = kafkaClients.topicReader(client, {
      topic,
      isolation: 'read_committed',
      onRecords: (read) => {
        for (const { key, value, headers } of read) {
          const told = headers?.map((header) => `${header.key}=${String(header.value)}`) ?? [];
          found.push([String(key), String(value), ...told].join(' '));
        }
      },
    });
    await reader.start();
    await reader.stop();
    return found;
  }

  /** What each process has logged. */
  logs(): readonly (readonly [process: string, text: string])[] {
    return this.cluster.members.map(({ name, child }) => [name, readFileSync(child.logFile, 'utf8')]);
  }

  /** Asks every process for its metrics. */
  async askForMetrics(): Promise<void> {
    for (const { url } of this.cluster.members) {
      const metrics = await fetch(new URL('/metrics', url));
      this.answers.push([`metrics of ${url}`, await metrics.text()]);
    }
  }

  async dispose(): Promise<void> {
    delete process.env['SECRETS_SPEC'];
    delete process.env['TRIBUTARY_LOG_LEVEL'];
    await this.fixture.dispose();
  }

  private get login(): string {
    return `Basic ${btoa(`admin:${this.secrets.of('basic-password')}`)}`;
  }

  private async ask(base: string, mark: string, method: string, path: string, body: unknown, login: string) {
    const response = await fetch(new URL(path, base), {
      method,
      headers: { Authorization: login, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    this.answers.push([`${mark}${method} ${path} (${response.status})`, text]);
    return { status: response.status, text };
  }
}

function writeSecretFile(fixture: Fixture, first: string, number: string): string {
  writeFileSync(fixture.file('secrets.properties'), `first=${first}\nnumber=${number}\n`);
  return secretIn(fixture, 'first');
}

function secretIn(fixture: Fixture, key: string): string {
  return `\${file:${fixture.file('secrets.properties')}:${key}}`;
}
