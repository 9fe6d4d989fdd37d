import { parentPort, workerData } from 'node:worker_threads';
import { IllegalStateError } from '@tributary/connect-api';
import type { InstanceFactory, InstanceFactorySetup } from './api.js';
import { runningInstance } from './instance-context.js';
import { memoryGuard } from './memory-guard.js';
import type { Outcome, ThreadData, ToMain, ToThread } from './protocol.js';
import { ServedInstance } from './served-instance.js';
import { offerSelfReport } from './self-report.js';
import { guardThread } from './thread-guard.js';
import { encodeError } from './wire-error.js';

/**
 * Turns this worker thread into a host. Called once, by the module that a `HostPool` names as its entry. Every instance
 * runs in an asynchronous context of its own, by which the thread knows whose code did what.
 */
export function serveInstances(source: InstanceFactory | InstanceFactorySetup): void {
  if (!parentPort) throw new IllegalStateError('serveInstances works only in a worker thread that a HostPool started');
  const port = parentPort;
  const data = workerData as ThreadData;
  const instances = new Map<number, ServedInstance>();
  const send = (message: ToMain): void => port.postMessage(message);

  const die = guardThread((error) => send({ type: 'dying', culprit: runningInstance(), error: encodeError(error) }));
  offerSelfReport();
  const checkMemory = memoryGuard(data.memory, die);
  setInterval(() => {
    Atomics.add(data.heartbeat, 0, 1);
    checkMemory();
  }, data.beatMs);

  const factory = (async () => (typeof source === 'function' ? source(data.workerData) : source))();
  factory.then(
    () => send({ type: 'ready' }),
    (error: unknown) => send({ type: 'setupFailed', error: encodeError(error) }),
  );

  const create = async (message: Extract<ToThread, { type: 'create' }>): Promise<void> => {
    const served = new ServedInstance(message.id, message.key, message.logContext, send);
    instances.set(message.id, served);
    const outcome = await outcomeOf(served, served.create(await factory, message.payload));
    if (!outcome.ok) instances.delete(message.id);
    send({ type: 'created', id: message.id, ...outcome });
  };

  const call = async ({ id, seq, method, argument }: Extract<ToThread, { type: 'call' }>): Promise<void> => {
    const served = instances.get(id);
    const outcome = await outcomeOf(served, served?.call(method, argument));
    try {
      send({ type: 'result', id, seq, ...outcome });
    } catch (cause) {
      const error = new IllegalStateError(`${method} returned what cannot be passed between threads`, { cause });
      send({ type: 'result', id, seq, ok: false, error: encodeError(error) });
    }
  };

  const destroy = async (id: number): Promise<void> => {
    const served = instances.get(id);
    const outcome = await outcomeOf(served, served?.destroy());
    instances.delete(id);
    send({ type: 'destroyed', id, error: outcome.ok ? undefined : outcome.error });
  };

  port.on('message', (message: ToThread) => {
    if (message.type === 'create') void create(message);
    else if (message.type === 'call') void call(message);
    else if (message.type === 'destroy') void destroy(message.id);
    else instances.get(message.id)?.answer(message.seq, message);
  });
}

async function outcomeOf(served: ServedInstance | undefined, work: Promise<unknown> | undefined): Promise<Outcome> {
  try {
    return { ok: true, value: await work };
  } catch (error) {
    return { ok: false, error: served?.encodeError(error) ?? encodeError(error) };
  }
}
