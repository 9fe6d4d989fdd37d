import type { Instance, InstanceChannel, InstanceFactory } from '@tributary/plugin-host';
import { buildTask, type BuiltTask } from '../build/build-task.js';
import type { HostSetting } from '../build/task-setting.js';
import { EVENT, REQUEST, type TaskPayload, type TaskStateChange } from './protocol.js';
import { resolvedConfigs } from './resolved-configs.js';
import { TaskInstance } from './task-instance.js';

/** Makes tasks in a host thread. */
export class TaskFactory implements InstanceFactory {
  constructor(private readonly host: HostSetting) {}

  create(payload: unknown, channel: InstanceChannel): Instance {
    const stopping = new AbortController();
    const built: BuiltTask = buildTask({
      ...this.host,
      payload: resolvedConfigs(payload as TaskPayload, this.host, channel.secrets),
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
}
