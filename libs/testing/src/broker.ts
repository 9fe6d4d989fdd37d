import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokerJars, EmbeddedKafka, findJava, OLDEST_JAVA } from '@tributary/tools/kafka';
import { freePort } from '@tributary/tools/process';

/** A real broker on free ports, its files in a temporary folder that goes with it. */
export class TestBroker {
  private constructor(
    readonly kafka: EmbeddedKafka,
    private readonly directory: string,
  ) {}

  static async start(properties: Readonly<Record<string, string>> = {}): Promise<TestBroker> {
    const java = findJava();
    if (java === undefined) throw new Error(`tests need Java ${OLDEST_JAVA} or newer for the broker`);
    const jars = await brokerJars();
    const directory = mkdtempSync(join(tmpdir(), 'tributary-kafka-'));
    const [port, controllerPort] = [await freePort(), await freePort()];
    const kafka = await EmbeddedKafka.start({ java, jars, directory, port, controllerPort, properties });
    return new TestBroker(kafka, directory);
  }

  get bootstrapServers(): string {
    return this.kafka.bootstrapServers;
  }

  /** Ends the broker and removes its data. */
  async dispose(): Promise<void> {
    await this.kafka.kill();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
