import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokerJars, EmbeddedKafka, findJava, OLDEST_JAVA, SHORT_LIVED_JVM } from '@tributary/tools/kafka';
import { freePort } from '@tributary/tools/process';

/** A real broker on free ports, its files in a temporary folder that goes with it. */
export class TestBroker {
  private constructor(
    readonly kafka: EmbeddedKafka,
    private readonly directory: string,
    private readonly ports: ReadonlyMap<string, number>,
  ) {}

  /** `listeners`: the security protocol of each further listener, by its name in capitals; see `addressOf`. */
  static async start(
    properties: Readonly<Record<string, string>> = {},
    listeners: Readonly<Record<string, string>> = {},
  ): Promise<TestBroker> {
    const java = findJava();
    if (java === undefined) throw new Error(`tests need Java ${OLDEST_JAVA} or newer for the broker`);
    const jars = await brokerJars();
    const directory = mkdtempSync(join(tmpdir(), 'tributary-kafka-'));
    const [port, controllerPort] = [await freePort(), await freePort()];
    const ports = new Map<string, number>();
    for (const name of Object.keys(listeners)) ports.set(name, await freePort());
    const all = { ...listenerProperties({ port, controllerPort }, ports, listeners), ...properties };
    const quick = { jvm: SHORT_LIVED_JVM, formattedStorage: join(jars, '.formatted') };
    const kafka = await EmbeddedKafka.start({ java, jars, directory, port, controllerPort, properties: all, ...quick });
    return new TestBroker(kafka, directory, ports);
  }

  get bootstrapServers(): string {
    return this.kafka.bootstrapServers;
  }

  /** host:port of a further listener. */
  addressOf(listener: string): string {
    const port = this.ports.get(listener);
    if (port === undefined) throw new Error(`the broker has no listener ${listener}`);
    return `127.0.0.1:${port}`;
  }

  /** Ends the broker and removes its data. */
  async dispose(): Promise<void> {
    await this.kafka.kill();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

function listenerProperties(
  own: { readonly port: number; readonly controllerPort: number },
  ports: ReadonlyMap<string, number>,
  protocols: Readonly<Record<string, string>>,
): Record<string, string> {
  if (ports.size === 0) return {};
  const added = [...ports].map(([name, port]) => `${name}://127.0.0.1:${port}`);
  const advertised = [`PLAINTEXT://127.0.0.1:${own.port}`, ...added];
  const map = Object.entries({ CONTROLLER: 'PLAINTEXT', PLAINTEXT: 'PLAINTEXT', ...protocols });
  return {
    listeners: [...advertised, `CONTROLLER://127.0.0.1:${own.controllerPort}`].join(','),
    'advertised.listeners': advertised.join(','),
    'listener.security.protocol.map': map.map(([name, protocol]) => `${name}:${protocol}`).join(','),
  };
}
