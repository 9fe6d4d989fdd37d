import type { WorkerConfig } from '@tributary/config-schemas';
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
import { ConnectorTools, TaskExecutor } from '@tributary/task-runtime';
import { executorModule } from './executor.module.js';
import { LateExecutor } from './late-executor.js';
import { LeaderRequests } from './leader-requests.js';

const log = loggerFor('executor');

/** How long a request to the leader may take in all, milliseconds; the reference's. */
const LEADER_TIMEOUT_MS = 90_000;

/** Listens first, because its address is what the group learns; then reads the cluster's topics and joins the group. */
export async function startExecutor(config: WorkerConfig): Promise<RunningService> {
  const properties = { ...config.internalClientProperties(), 'group.id': config.string('group.id') };
  const stores = new ClusterStores({ clients: kafkaClients, properties, workerProperties: config.properties });
  const { configs, statuses, offsets } = stores;
  const startup = new Startup('connecting to Kafka');
  const late = new LateExecutor();

  const sessionKeys = SessionKeys.for(config, configs);
  const client = new InternalClient(sessionKeys, ServiceAgent.for(config));
  let leaderUrl: string | undefined;
  const leader = new LeaderRequests(() => leaderUrl, client, LEADER_TIMEOUT_MS);

  const app = await ServiceApp.create(executorModule({ probe: startup, tasks: late }));
  app.nest.useGlobalGuards(new StartupGuard(startup));
  const { url, workerId } = await listenInternally(app, config, sessionKeys, startup);
  await reachKafka(kafkaClients, properties);
  startup.enter('initializing and reading to the end of internal topics');
  await stores.start();
  followLoggerLevels(configs);

  const fenceZombies = (connector: string): Promise<void> => leader.fenceZombies(connector);
  const executor = new TaskExecutor({ config, workerId, configs, statuses, offsets, fenceZombies });
  late.executor = executor;
  const tools = new ConnectorTools({ config, configs });
  late.connectorTools = tools;
  executor.start();
  const membership = new ClusterMembership({
    clients: kafkaClients,
    properties: config.membershipProperties(),
    role: 'executor',
    workerId,
    url,
    configStore: configs,
    runningTasks: () => executor.runningTasks(),
    listener: {
      assigned: async (assignment) => {
        metrics.rebalanceStarted();
        leaderUrl = assignment.leaderUrl;
        await executor.assigned(assignment);
        metrics.rebalanceCompleted(assignment.generation);
      },
      lost: () => executor.lost(),
    },
  });
  startup.enter('joining the group');
  await membership.start();
  startup.finish();
  log.info({ workerId, tasks: executor.runningTasks().length }, 'ready');
  return {
    stop: async () => {
      startup.enter('stopping its tasks');
      await Promise.all([executor.close(), tools.close()]);
      await membership.stop();
      await stores.stop();
      await app.close();
      client.close();
    },
  };
}
