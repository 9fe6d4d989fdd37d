import { unmasked, type WorkerConfig } from '@tributary/config-schemas';
import {
  BadRequestError,
  ConflictError,
  ConnectError,
  IllegalStateError,
  NotFoundError,
  type Props,
} from '@tributary/connect-api';
import type { ConfigStore } from '@tributary/kafka-storage';
import { HostPool, type HostedOwner } from '@tributary/plugin-host';
import type { TaskHostData } from '../host/protocol.js';
import type { PreviewRequest } from '../preview/preview-request.js';
import { TimeoutError, within } from '../timing/within.js';
import type { RedriveRequest } from '../redrive/redrive-request.js';
import type { RedriveOrder, ToolPayload } from './tool-instance.js';

const ENTRY = new URL('./tool-host.entry.js', import.meta.url);
/** Each tool runs in a thread of its own, beside the tasks'. */
const MAX_RUNS = 4;
const PREVIEW_LIMIT_MS = 30_000;
/** what a redrive may take beyond its time: to read the queue, start its task, and end it in good order, milliseconds */
const REDRIVE_END_MS = 20_000;
/** what an instance that has been told to end may still need, milliseconds */
const END_LIMIT_MS = 1_000;

export interface ConnectorToolsOptions {
  readonly config: WorkerConfig;
  readonly configs: ConfigStore;
}

/** What an executor does for a connector on request, apart from running its tasks. */
export class ConnectorTools {
  private readonly pool: HostPool;
  private running = 0;
  private readonly redriven = new Set<string>();

  constructor(private readonly options: ConnectorToolsOptions) {
    const { config } = options;
    this.pool = new HostPool({
      name: 'tools',
      entry: ENTRY,
      maxThreads: MAX_RUNS,
      memoryMb: config.int('executor.host.memory.mb'),
      unresponsiveMs: config.int('executor.host.unresponsive.ms'),
      workerData: { properties: config.properties } satisfies TaskHostData,
    });
  }

  /**
   * Shows what the connector's converters and transformations make of records, as JSON. Throws a NotFoundError where
   * there is no such connector and the request brings no configuration, a BadRequestError for a mask of which nothing is
   * stored, a ConflictError where too much runs already.
   */
  async preview(connector: string, { config: given, masks, records }: PreviewRequest): Promise<string> {
    const own = given === undefined ? await this.stored(connector) : named(connector, given);
    const { config, masked } =
      given !== undefined && masks ? unmasked(own, await this.known(connector)) : { config: own, masked: [] };
    const payload = { connector, connectorConfig: config, masked };
    return this.run(`preview of ${connector}`, payload, PREVIEW_LIMIT_MS, 'preview', { records });
  }

  /**
   * Leads dead letters of a sink through it once more; resolves to the JSON of a `RedriveReport`. Throws a NotFoundError
   * where there is no such connector or queue, a ConflictError where it has no tasks, or where a redrive of it or too much
   * else runs already, a BadRequestError for a connector that has no queue.
   */
  async redrive(connector: string, request: RedriveRequest): Promise<string> {
    if (this.redriven.has(connector)) throw new ConflictError(`A redrive of connector ${connector} is under way`);
    this.redriven.add(connector);
    try {
      const connectorConfig = await this.stored(connector);
      const snapshot = this.options.configs.snapshot();
      const order: RedriveOrder = {
        taskConfig: snapshot.taskConfig({ connector, task: 0 }),
        configGeneration: snapshot.taskConfigGeneration(connector),
        request,
      };
      const limitMs = request.seconds * 1000 + REDRIVE_END_MS;
      return await this.run(`redrive of ${connector}`, { connector, connectorConfig }, limitMs, 'redrive', order);
    } finally {
      this.redriven.delete(connector);
    }
  }

  /** Whether a redrive of the connector runs here. */
  isRedriving(connector: string): boolean {
    return this.redriven.has(connector);
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  private async stored(connector: string): Promise<Props> {
    const config = await this.known(connector);
    if (config === undefined) throw new NotFoundError(`Connector ${connector} not found`);
    return config;
  }

  private async known(connector: string): Promise<Props | undefined> {
    await this.options.configs.refresh();
    return this.options.configs.snapshot().connectorConfig(connector);
  }

  private async run<T>(
    key: string,
    payload: ToolPayload,
    limitMs: number,
    method: string,
    argument: unknown,
  ): Promise<T> {
    if (this.running >= MAX_RUNS) {
      throw new ConflictError(`Cannot begin the ${key}: ${MAX_RUNS} previews and redrives run here, which is the most`);
    }
    this.running++;
    const giveUp = new AbortController();
    const working = this.hosted<T>(key, payload, method, argument, giveUp.signal);
    working.catch(() => undefined);
    try {
      return await within(working, limitMs, () => `The ${key} was given up after ${limitMs} ms`);
    } catch (error) {
      throw error instanceof TimeoutError ? new ConnectError(error.message, { cause: error }) : error;
    } finally {
      giveUp.abort(new ConnectError(`the ${key} was given up`));
      this.running--;
    }
  }

  private async hosted<T>(
    key: string,
    payload: ToolPayload,
    method: string,
    argument: unknown,
    signal: AbortSignal,
  ): Promise<T> {
    const hosted = await this.pool.host(key, payload, OWNER, { signal, logContext: { connector: payload.connector } });
    const end = (): void => void hosted.destroy(END_LIMIT_MS);
    signal.addEventListener('abort', end, { once: true });
    return hosted.call<T>(method, argument);
  }
}

/** A configuration need not repeat the name that stands in the path. */
function named(connector: string, config: Props): Props {
  const { name = connector } = config;
  if (name === connector) return { ...config, name };
  throw new BadRequestError(
    `Connector name configuration (${name}) doesn't match connector name in the URL (${connector})`,
  );
}

/** A tool tells what it has to tell in its answer. */
const OWNER: HostedOwner = {
  event: () => undefined,
  request: async (name) => {
    throw new IllegalStateError(`a tool cannot ask for ${name}`);
  },
  gone: () => undefined,
};
