import { ConfigError } from '@tributary/connect-api';
import { loadWorkerProperties, WorkerConfig } from '@tributary/config-schemas';
import { lastWords, loggerFor } from '@tributary/observability';

export type ServiceName = 'gateway' | 'herder' | 'task-executor';

/** A service under way. */
export interface RunningService {
  /** Ends in good order; called once. */
  stop(): Promise<void>;
}

/** With which a process ends, as the reference's worker does. */
const EXIT = { uncaught: 1, config: 2, start: 3 } as const;

/**
 * The life of a process: reads properties (first argument and CONNECT_*), starts the service, stops it at SIGTERM or
 * SIGINT. A configuration that is wrong or a service that cannot start is one clear line and an exit code.
 */
export async function runService(
  name: ServiceName,
  start: (config: WorkerConfig) => Promise<RunningService>,
): Promise<void> {
  const log = loggerFor(name);
  const end = (code: number, error: unknown): never => {
    log.fatal(error instanceof Error ? error.message : String(error));
    process.exit(code);
  };
  lastWords(log, EXIT.uncaught);

  let service: RunningService | undefined;
  let stopping = false;
  const stop = async (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    await service?.stop();
    log.info('stopped');
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal));

  let config: WorkerConfig;
  try {
    const properties = loadWorkerProperties(process.argv.slice(2), process.env);
    config = WorkerConfig.parse(properties, name, (message) => log.warn(message));
    config.hideSecrets();
  } catch (error) {
    if (error instanceof ConfigError) return end(EXIT.config, error);
    throw error;
  }
  try {
    service = await start(config);
  } catch (error) {
    if (!stopping) end(error instanceof ConfigError ? EXIT.config : EXIT.start, error);
  }
}
