import { recoverySettings, type WorkerConfig } from '@tributary/config-schemas';
import {
  ClusterView,
  connectorMetrics,
  connectorThreads,
  Herder,
  OffsetChanges,
  pluginInspector,
  ZombieFencing,
} from '@tributary/control-plane';
import { ClusterMembership } from '@tributary/group-membership';
import { kafkaClients } from '@tributary/kafka-client';
import { ClusterStores, reachKafka } from '@tributary/kafka-storage';
import { loggerFor, metrics } from '@tributary/observability';
import {
  followLoggerLevels,
  InternalClient,
  listenInternally,
  ServiceAgent,
  ServiceApp,
  SessionKeys,
  Startup,
  StartupGuard,
  type RunningService,
} from '@tributary/rest-api';
import { ExecutorTasks } from './executor-tasks.js';
import { herderModule } from './herder.module.js';
import { LateHerder } from './late-herder.js';
import { LeaderRelay } from './leader-relay.js';
import { TaskRestarter } from './task-restarter.js';
import { ToolRequests } from './tool-requests.js';

const log = loggerFor('herder');

/** Listens first, because its address is what the group learns; then reads the cluster's topics and joins the group. */
export async function startHerder(config: WorkerConfig): Promise<RunningService> {
  const properties = { ...config.internalClientProperties(), 'group.id': config.string('group.id') };
  const stores = new ClusterStores({ clients: kafkaClients, properties, workerProperties: config.properties });
  const { configs, statuses, offsets } = stores;
  const sessionKeys = SessionKeys.for(config, configs);
  const client = new InternalClient(sessionKeys, ServiceAgent.for(config));
  const startup = new Startup('connecting to Kafka');
  const late = new LateHerder();
  const taskRestarter = new TaskRestarter(late, client);

  const app = await ServiceApp.create(
    herderModule({
      probe: late.probe(startup),
      herder: late,
      tasks: taskRestarter,
      tools: new ToolRequests(late, client),
      leader: new LeaderRelay(client),
    }),
  );
  app.nest.useGlobalGuards(new StartupGuard(startup));
  const { url, workerId } = await listenInternally(app, config, sessionKeys, startup);
  await reachKafka(kafkaClients, properties);
  startup.enter('loading plugins');
  const inspector = pluginInspector(config);
  const catalogue = await inspector.catalogue();
  const launcher = connectorThreads(config, catalogue);
  startup.enter('initializing and reading to the end of internal topics');
  await stores.start();
  followLoggerLevels(configs);

  const view = new ClusterView(configs, statuses, (connector) => catalogue.typeOf(connector));
  const writer = stores.configWriter();
  const herder = new Herder({
    configs,
    statuses,
    writer,
    launcher,
    observer: connectorMetrics(metrics, catalogue),
    restarts: {
      settings: (connector) => recoverySettings(config, connector).restart,
      restartTaskAt: (url, id) => taskRestarter.restartAt(url, id),
      observer: { restarted: metrics.autoRestarted, noted: metrics.publishAutoRestart },
    },
    workerId,
    view,
    check: (connector, masked) => inspector.check(connector, masked),
    sessionKeys: {
      algorithm: config.string('inter.worker.key.generation.algorithm'),
      sizeBits: config.optionalInt('inter.worker.key.size'),
      ttlMs: config.int('inter.worker.key.ttl.ms'),
    },
    providers: config.providers,
    requestRejoin: () => membership.requestRejoin(),
  });
  late.herder = herder;
  const executorTasks = new ExecutorTasks(herder, client);
  const zombies = new ZombieFencing({
    asLeader: (stage, work) => herder.asLeader(stage, work),
    view,
    configs,
    writer,
    worker: config,
    clients: kafkaClients,
  });
  late.zombies = zombies;
  late.offsetChanges = new OffsetChanges({
    herder,
    view,
    configs,
    store: offsets,
    zombies,
    inspector,
    worker: config,
    clients: kafkaClients,
    tasksRun: (connector) => executorTasks.run(connector),
  });
  const membership = new ClusterMembership({
    clients: kafkaClients,
    properties: config.membershipProperties(),
    role: 'herder',
    workerId,
    url,
    configStore: configs,
    runningTasks: () => [],
    listener: {
      assigned: async (assignment) => {
        metrics.rebalanceStarted();
        herder.assigned(assignment);
        metrics.rebalanceCompleted(assignment.generation);
      },
      lost: () => herder.lost(),
    },
  });
  startup.enter('joining the group');
  await membership.start();
  startup.finish();
  log.info({ workerId, leading: herder.leading }, 'ready');
  return {
    stop: async () => {
      startup.enter('stopping its connectors');
      await herder.stop();
      await membership.stop();
      await Promise.all([launcher.close(), inspector.close(), stores.stop()]);
      await app.close();
      client.close();
    },
  };
}
