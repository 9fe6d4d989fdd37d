import type { WorkerConfig } from '@tributary/config-schemas';
import { ClusterMembership } from '@tributary/group-membership';
import { kafkaClients } from '@tributary/kafka-client';
import { ClusterStores, reachKafka } from '@tributary/kafka-storage';
import { loggerFor, metrics } from '@tributary/observability';
import {
  followLoggerLevels,
  listenOn,
  ServiceApp,
  SessionKeys,
  Startup,
  StartupGuard,
  type RunningService,
} from '@tributary/rest-api';
import { TaskExecutor } from '@tributary/task-runtime';
import { executorModule } from './executor.module.js';
import { LateExecutor } from './late-executor.js';

const log = loggerFor('executor');

/** Listens first, because its address is what the group learns; then reads the cluster's topics and joins the group. */
export async function startExecutor(config: WorkerConfig): Promise<RunningService> {
  const properties = { ...config.internalClientProperties(), 'group.id': config.string('group.id') };
  const stores = new ClusterStores({ clients: kafkaClients, properties, workerProperties: config.properties });
  const { configs, statuses, offsets } = stores;
  const startup = new Startup('connecting to Kafka');
  const late = new LateExecutor();

  const app = await ServiceApp.create(
    executorModule({ probe: startup, tasks: late, sessionKeys: new SessionKeys(configs) }),
  );
  app.nest.useGlobalGuards(new StartupGuard(startup));
  const { url, workerId } = await listenOn(app, config);
  await reachKafka(kafkaClients, properties);
  startup.enter('initializing and reading to the end of internal topics');
  await stores.start();
  followLoggerLevels(configs);

  const executor = new TaskExecutor({ config, workerId, configs, statuses, offsets });
  late.executor = executor;
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
      await executor.close();
      await membership.stop();
      await stores.stop();
      await app.close();
    },
  };
}
