import { connectorSecrets, type Resolution } from '@tributary/config-schemas';
import type { Secrets } from '@tributary/observability';
import type { Instance, InstanceChannel, InstanceFactory } from '@tributary/plugin-host';
import { buildTask, type BuiltTask } from '../build/build-task.js';
import type { HostSetting } from '../build/task-setting.js';
import { EVENT, REQUEST, type TaskPayload, type TaskStateChange } from './protocol.js';
import { TaskInstance } from './task-instance.js';

/** Makes tasks in a host thread. */
export class TaskFactory implements InstanceFactory {
  constructor(private readonly host: HostSetting) {}

  create(payload: unknown, channel: InstanceChannel): Instance {
    const stopping = new AbortController();
    const built: BuiltTask = buildTask({
      ...this.host,
      payload: this.resolved(payload as TaskPayload, channel.secrets),
      services: {
        readOffsets: (partitions) => channel.request(REQUEST.readOffsets, partitions),
        writeOffsets: (entries) => channel.request(REQUEST.writeOffsets, entries),
        fenceZombies: () => channel.request(REQUEST.fenceZombies, undefined),
        checkOwnership: () => channel.request(REQUEST.checkOwnership, (payload as TaskPayload).configGeneration),
        topicUsed: (topic) => void channel.request(REQUEST.topicUsed, topic).catch(() => undefined),
      },
      events: {
        stateChanged: (state) =>
          channel.emit(EVENT.state, { state, version: built.loop.version } satisfies TaskStateChange),
      },
      stopping,
    });
    return new TaskInstance(built, channel, this.host.worker.int('task.shutdown.graceful.timeout.ms'));
  }

  /** What config providers know is put in here, in the task's own thread, and goes nowhere else. */
  private resolved(payload: TaskPayload, secrets: Secrets): TaskPayload {
    const { providers } = this.host.worker;
    const connector = providers.resolution(payload.connectorConfig);
    const task = providers.resolution(payload.taskConfig);
    secrets.add(() => connectorSecrets(connector, this.host));
    secrets.add(() => connectorSecrets(withClasses(task, connector), this.host));
    return { ...payload, connectorConfig: connector.properties, taskConfig: task.properties };
  }
}

/** A task's properties mean what its connector's do: the classes that define them are named there. */
function withClasses(task: Resolution<string>, connector: Resolution<string>): Resolution<string> {
  return { properties: { ...connector.properties, ...task.properties }, found: task.found };
}
