import type { WorkerConfig } from '@tributary/config-schemas';
import type { ConfigStore, OffsetStore, StatusStore, TaskId } from '@tributary/kafka-storage';
import { metrics } from '@tributary/observability';
import { HostPool, type HostPoolStats } from '@tributary/plugin-host';
import type { TaskHostData } from '../host/protocol.js';
import { Places } from '../timing/places.js';
import { TaskRequests } from './task-requests.js';
import { TaskStatuses } from './task-statuses.js';
import { ZombieCheck, type FenceZombies } from './zombie-check.js';
import { TaskSupervisor, type TaskAssignment } from './task-supervisor.js';

const ENTRY = new URL('../host/task-host.entry.js', import.meta.url);
/** as many tasks are set up at a time */
const PARALLEL_STARTS = 8;

export interface TaskExecutorOptions {
  readonly config: WorkerConfig;
  /** advertised host:port */
  readonly workerId: string;
  readonly configs: ConfigStore;
  readonly statuses: StatusStore;
  readonly offsets: OffsetStore;
  readonly fenceZombies: FenceZombies;
}

/** The data plane of one process: host threads, and the tasks that the group assigned to it. */
export class TaskExecutor {
  private readonly pool: HostPool;
  private readonly supervisor: TaskSupervisor;

  constructor({ config, workerId, configs, statuses, offsets, fenceZombies }: TaskExecutorOptions) {
    this.pool = new HostPool({
      name: 'tasks',
      entry: ENTRY,
      maxThreads: config.int('executor.max.threads'),
      memoryMb: config.int('executor.host.memory.mb'),
      unresponsiveMs: config.int('executor.host.unresponsive.ms'),
      workerData: { properties: config.properties } satisfies TaskHostData,
    });
    this.supervisor = new TaskSupervisor({
      configStore: configs,
      statuses: new TaskStatuses(statuses, workerId, metrics),
      services: {
        pool: this.pool,
        requests: new TaskRequests(offsets, statuses, new ZombieCheck(configs, fenceZombies)),
        places: new Places(PARALLEL_STARTS),
      },
      gracefulMs: config.int('task.shutdown.graceful.timeout.ms'),
      metrics,
    });
  }

  /** Begins to follow the config topic; tasks come with the first assignment. */
  start(): void {
    this.supervisor.start();
  }

  get hosts(): HostPoolStats {
    return this.pool.stats;
  }

  /** What this process runs, tasks that are just being stopped included. */
  runningTasks(): TaskId[] {
    return this.supervisor.running();
  }

  /** Resolves when all that is not in the assignment has stopped. */
  assigned(assignment: TaskAssignment): Promise<void> {
    return this.supervisor.assigned(assignment);
  }

  /** Others may run the tasks of this process any moment: stops them all. */
  lost(): Promise<void> {
    return this.supervisor.lost();
  }

  /** Thrown NotFoundError: this process does not run that task. */
  restartTask(id: TaskId): Promise<void> {
    return this.supervisor.restartTask(id);
  }

  /** Stops all tasks in good order, then the threads. */
  async close(): Promise<void> {
    await this.supervisor.close();
    await this.pool.close();
  }
}
