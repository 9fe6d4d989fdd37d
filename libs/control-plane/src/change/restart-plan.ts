import type { RestartRequest, Status } from '@tributary/kafka-storage';
import type { ConnectorStatusBody, StateBody } from '../cluster/bodies.js';

/** Whether `request` restarts the connector instance whose status is `status`. */
export function restartsConnector(request: RestartRequest, status: Pick<Status, 'state'> | undefined): boolean {
  return !request.onlyFailed || status?.state === 'FAILED';
}

/** Whether `request` restarts a task whose status is `status`. */
export function restartsTask(request: RestartRequest, status: Pick<Status, 'state'> | undefined): boolean {
  return request.includeTasks && (!request.onlyFailed || status?.state === 'FAILED');
}

/** The status as it is shown in the answer to a restart: what will be restarted is RESTARTING, the rest as it was. */
export function restartAnswer(request: RestartRequest, current: ConnectorStatusBody): ConnectorStatusBody {
  return {
    name: current.name,
    connector: restartsConnector(request, current.connector) ? restarting(current.connector) : current.connector,
    tasks: current.tasks.map((task) => (restartsTask(request, task) ? restarting(task) : task)),
    type: current.type,
  };
}

function restarting<T extends StateBody>(body: T): T {
  return { ...body, state: 'RESTARTING' };
}
