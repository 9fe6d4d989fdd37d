import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { removeContainerData, dockerAnswers } from '../kafka/container-kafka.js';
import { STATE_DIR } from '../kafka/places.js';
import { portIsFree, sleep } from '../process/index.js';
import { startBroker, type Broker } from './broker.js';
import { RunRecord } from './run-record.js';
import { planServices, type ClusterServices } from './services.js';
import { LaunchError, settingsFrom, USAGE, type Settings } from './settings.js';

const READY_DEADLINE_MS = 120_000;
const BROKER_RETRY_MS = 5_000;
const STOP_GRACE_MS = 15_000;

const say = (line: string) => console.log(line);

/** Brings the whole cluster up and keeps it up until SIGINT or SIGTERM. */
export async function main(args: readonly string[]): Promise<void> {
  if (args.includes('--help')) {
    say(USAGE);
    return;
  }
  const cluster = new Cluster();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void cluster.stop().then(() => process.exit(0)));
  }
  try {
    await cluster.start(settingsFrom(args, process.env));
  } catch (error) {
    if (cluster.isStopping) return;
    console.error(
      error instanceof LaunchError || !(error instanceof Error) || isConfigError(error) ? messageOf(error) : error,
    );
    await cluster.stop(() => {});
    process.exit(1);
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
const isConfigError = (error: Error) => 'code' in error && error.code === 'CONFIG';

/** The broker and the services of one start, and how they end. */
class Cluster {
  private record: RunRecord | undefined;
  private broker: Broker | undefined;
  private services: ClusterServices | undefined;
  private stopped: Promise<void> | undefined;

  get isStopping(): boolean {
    return this.stopped !== undefined;
  }

  async start(settings: Settings): Promise<void> {
    this.record = await RunRecord.open(join(STATE_DIR, 'processes.json'), say);
    const { host, port } = settings.gateway;
    if (!(await portIsFree(port, host === '' ? undefined : host))) {
      throw new LaunchError(
        `port ${port} for the REST API is in use: set CONNECT_LISTENERS to another, e.g. CONNECT_LISTENERS=http://:8084`,
      );
    }
    if (settings.clean) forgetData();
    const logs = join(STATE_DIR, 'logs');
    rmSync(logs, { recursive: true, force: true });
    mkdirSync(logs, { recursive: true });

    this.broker = await startBroker(settings, STATE_DIR, this.record, say);
    this.watchBroker(this.broker);
    say(`Starting gateway, herder and ${settings.executors} task executor${settings.executors === 1 ? '' : 's'} ...`);
    const services = await planServices(settings, this.broker.bootstrapServers, logs, this.record, say);
    this.services = services;
    const all = [services.herder, services.gateway, ...services.executors];
    for (const service of all) service.start();
    await Promise.all(all.map((service) => service.ready(READY_DEADLINE_MS)));
    say(
      `Ready: REST ${services.restUrl}  Kafka ${this.broker.bootstrapServers}  logs ${relative(process.cwd(), logs)}`,
    );
  }

  /** Executors first, so that they can commit; the broker last. Idempotent. */
  stop(tell = say): Promise<void> {
    this.stopped ??= (async () => {
      if (this.services !== undefined) {
        tell('Stopping ...');
        const { gateway, herder, executors } = this.services;
        await Promise.all(executors.map((service) => service.stop(STOP_GRACE_MS)));
        await Promise.all([herder.stop(STOP_GRACE_MS), gateway.stop(STOP_GRACE_MS)]);
      }
      await this.broker?.own?.stop();
      await this.record?.close();
      if (this.services !== undefined) tell('Stopped');
    })();
    return this.stopped;
  }

  private watchBroker(broker: Broker): void {
    const own = broker.own;
    if (own === undefined) return;
    void own.process.exited.then(async (exit) => {
      if (this.isStopping) return;
      say(`Kafka ended (${exit.signal ?? `exit code ${exit.code}`}): starting it again`);
      await own.restart().catch((error: unknown) => say(`Kafka did not start: ${messageOf(error)}`));
      if (own.process.exit) await sleep(BROKER_RETRY_MS);
      this.watchBroker(broker);
    });
  }
}

function forgetData(): void {
  say('Removing the data of earlier starts ...');
  rmSync(join(STATE_DIR, 'kafka'), { recursive: true, force: true });
  if (dockerAnswers()) removeContainerData();
}
