import type { WorkerConfig } from '@tributary/config-schemas';
import { ClusterMembership } from '@tributary/group-membership';
import { kafkaClients } from '@tributary/kafka-client';
import {
  KafkaConfigStore,
  KafkaOffsetStore,
  KafkaStatusStore,
  reachKafka,
  storageTopics,
} from '@tributary/kafka-storage';
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
  const groupId = config.string('group.id');
  const own = { ...config.internalClientProperties(config.optionalString('client.id') ?? ''), 'group.id': groupId };
  const stored = { clients: kafkaClients, properties: own };
  const topics = storageTopics(config.properties);
  const configs = new KafkaConfigStore({ ...stored, topic: topics.config });
  const statuses = new KafkaStatusStore({ ...stored, topic: topics.status });
  const offsets = new KafkaOffsetStore({ ...stored, topic: topics.offset });
  const startup = new Startup('connecting to Kafka');
  const late = new LateExecutor();

  const app = await ServiceApp.create(
    executorModule({ probe: startup, tasks: late, sessionKeys: new SessionKeys(configs) }),
  );
  app.nest.useGlobalGuards(new StartupGuard(startup));
  const { url, workerId } = await listenOn(app, config);
  await reachKafka(kafkaClients, own);
  startup.enter('initializing and reading to the end of internal topics');
  await Promise.all([configs.start(), statuses.start(), offsets.start()]);
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
      await Promise.all([configs.stop(), statuses.stop(), offsets.stop()]);
      await app.close();
    },
  };
}
