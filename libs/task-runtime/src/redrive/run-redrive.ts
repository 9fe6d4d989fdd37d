import { BadRequestError, ConflictError, ConnectError, type SinkConnector } from '@tributary/connect-api';
import { connectorClientProperties, ConnectorConfig } from '@tributary/config-schemas';
import { UndecidedRecordError } from '@tributary/error-policy';
import { loggerFor, newTaskCounters } from '@tributary/observability';
import { buildSinkLoop } from '../build/sink-builder.js';
import type { HostSetting } from '../build/task-setting.js';
import { Activity } from '../timing/activity.js';
import { LetterSelection, type SelectedLetter } from './letter-selection.js';
import { readLetters } from './read-letters.js';
import { RedriveConsumer, redriveClients } from './redrive-clients.js';
import { RedriveLedger } from './redrive-ledger.js';
import { redriveReport, type RedriveReport } from './redrive-report.js';
import type { RedriveRequest } from './redrive-request.js';

const log = loggerFor('task.redrive');

/** What a run works with: configurations with the values of config providers put in. */
export interface RedriveSetting extends HostSetting {
  readonly connector: string;
  readonly connectorConfig: Readonly<Record<string, string>>;
  /** of the connector's first task; undefined: it has none */
  readonly taskConfig: Readonly<Record<string, string>> | undefined;
  readonly configGeneration: number;
}

/** part of the time in which letters may be looked for; the rest is for the task */
const SEARCH_SHARE = 0.5;

/** What fails goes back to the queue, and tells where it came from, whatever the connector itself does with it. */
const OVERRIDES = { 'errors.tolerance': 'all', 'errors.deadletterqueue.context.headers.enable': 'true' };

/**
 * Leads dead letters of a sink through a task of its own, made from the connector's first task config, that lives no longer
 * than the run: start, open, put, preCommit, close, stop. The queue is only read, no offset is committed, and what fails
 * again is written to the queue's end, which this run does not reach. So nothing is lost wherever it ends, and a record may
 * be delivered twice. Throws a BadRequestError for a connector without a queue.
 */
export async function runRedrive(
  setting: RedriveSetting,
  request: RedriveRequest,
  signal: AbortSignal,
): Promise<RedriveReport> {
  const { connector: name, connectorConfig, worker, clients, plugins } = setting;
  const plugin = plugins.connector(
    connectorConfig['connector.class'] ?? '',
    connectorConfig['connector.plugin.version'],
  );
  if (plugin.kind !== 'sink') {
    throw new BadRequestError(`Connector ${name} is a source: only sinks have dead letters to deliver`);
  }
  const config = ConnectorConfig.parse({ ...connectorConfig, ...OVERRIDES }, 'sink');
  const queue = config.deadLetterQueue;
  if (queue === undefined) {
    throw new BadRequestError(
      `Connector ${name} has no dead letter queue: it has no errors.deadletterqueue.topic.name`,
    );
  }
  const { dryRun } = request;
  if (!dryRun && setting.taskConfig === undefined) {
    throw new ConflictError(
      `Connector ${name} has no tasks to take its first one's configuration from: it is stopped or new`,
    );
  }
  const owner = { workerConfig: worker, connectorConfig, connector: name };
  const consumer = connectorClientProperties('consumer', owner);
  const admin = connectorClientProperties('admin', owner);
  const selection = new LetterSelection(name, request);
  const limitMs = request.seconds * 1000;
  const began = performance.now();
  const passedMs = (): number => performance.now() - began;
  const { ranges, late } = await readLetters(
    { clients, consumer, admin },
    queue.topic,
    request.partitions,
    selection,
    () => passedMs() > limitMs * SEARCH_SHARE,
    signal,
  );
  const letters = selection.letters();
  const ledger = new RedriveLedger(letters);
  const run =
    dryRun || letters.length === 0
      ? { end: undefined, failure: undefined }
      : await deliver(setting, config, plugin.create(), letters, ledger, limitMs - passedMs(), signal);
  const report = redriveReport({
    name,
    topic: queue.topic,
    dryRun,
    selection,
    ledger,
    ranges,
    ...run,
    end: run.end ?? (late ? 'time' : undefined),
  });
  const { stopped, selected, delivered, returned, unconfirmed, notReached } = report;
  log.info({ topic: queue.topic, dryRun, stopped, selected, delivered, returned, unconfirmed, notReached }, 'redriven');
  return report;
}

type RunEnd = { readonly end: 'time' | undefined; readonly failure: { readonly error: unknown } | undefined };

async function deliver(
  setting: RedriveSetting,
  config: ConnectorConfig,
  connector: SinkConnector,
  letters: readonly SelectedLetter[],
  ledger: RedriveLedger,
  limitMs: number,
  signal: AbortSignal,
): Promise<RunEnd> {
  const stopping = new AbortController();
  let end: 'time' | undefined;
  let rewound = false;
  const stop = (): void => stopping.abort();
  const consumer = new RedriveConsumer(letters, ledger, {
    exhausted: stop,
    rewound: () => {
      rewound = true;
      stop();
    },
  });
  const { connector: name, connectorConfig, taskConfig = {}, configGeneration } = setting;
  const loop = buildSinkLoop(
    {
      ...setting,
      clients: redriveClients(setting.clients, consumer, ledger),
      payload: {
        connector: name,
        task: 0,
        connectorConfig: { ...connectorConfig, ...OVERRIDES },
        taskConfig,
        taskCount: 1,
        configGeneration,
        paused: false,
      },
      services: NO_SERVICES,
      events: { stateChanged: () => undefined },
      counters: newTaskCounters('sink'),
      activity: new Activity(),
      stopping,
    },
    config,
    connector,
  );
  const timer = setTimeout(() => {
    end = 'time';
    stop();
  }, limitMs);
  // It was given up and may hang: nothing that it still does may reach the queue.
  const cutOff = (): void => void loop.abandon();
  signal.addEventListener('abort', cutOff, { once: true });
  let failure: { readonly error: unknown } | undefined;
  try {
    await loop.start().catch((error: unknown) => (failure = { error }));
    await loop.run().catch((error: unknown) => (failure ??= { error }));
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cutOff);
  }
  // A record that was on its way when the time was over is still in the queue.
  if (end === 'time' && failure?.error instanceof UndecidedRecordError) failure = undefined;
  if (failure === undefined && rewound) failure = { error: new ConnectError(REWOUND) };
  if (failure !== undefined) log.warn({ err: failure.error }, 'the task of a redrive failed');
  return { end, failure };
}

const REWOUND = 'the task went back to earlier records, or could not say what is durable: see the log of the executor';

/** Nobody but a source task asks for these; topics that a connector uses are not noted here. */
const refuse = async (): Promise<never> => {
  throw new ConnectError('a redriven task is a sink');
};
const NO_SERVICES = {
  readOffsets: refuse,
  writeOffsets: refuse,
  fenceZombies: refuse,
  checkOwnership: refuse,
  topicUsed: () => undefined,
};
