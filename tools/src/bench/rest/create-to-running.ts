import type { ConnectClient } from '../../cluster/index.js';
import { sleep } from '../../process/index.js';
import { create, remove } from './idle-connectors.js';

const TASKS = 3;
const POLL_MS = 5;
const LIMIT_MS = 30_000;

interface Status {
  readonly connector: { readonly state: string };
  readonly tasks: readonly { readonly state: string }[];
}

/** How long a connector took, milliseconds since the POST. */
export interface CreateTimes {
  /** until the POST was answered */
  readonly answeredMs: number;
  /** until the status said RUNNING of the connector and of all tasks */
  readonly runningMs: number;
}

/** Creates connectors one after the other, each removed before the next. */
export async function createToRunning(client: ConnectClient, times: number): Promise<readonly CreateTimes[]> {
  const taken: CreateTimes[] = [];
  for (let n = 0; n < times; n++) {
    const name = `created-${n}`;
    const from = performance.now();
    await create(client, name, TASKS);
    const answeredMs = performance.now() - from;
    await untilStatus(client, name, runs);
    taken.push({ answeredMs, runningMs: performance.now() - from });
    await remove(client, name);
    await untilStatus(client, name, (status) => status === undefined);
  }
  return taken;
}

const runs = (status: Status | undefined): boolean =>
  status?.connector.state === 'RUNNING' &&
  status.tasks.length === TASKS &&
  status.tasks.every(({ state }) => state === 'RUNNING');

/** `wanted` is given undefined while there is no status. */
async function untilStatus(
  client: ConnectClient,
  name: string,
  wanted: (status: Status | undefined) => boolean,
): Promise<void> {
  const end = performance.now() + LIMIT_MS;
  for (;;) {
    const { status, body } = await client.get(`/connectors/${name}/status`);
    if (wanted(status === 200 ? (body as Status) : undefined)) return;
    if (performance.now() > end) throw new Error(`connector ${name} after ${LIMIT_MS} ms: ${JSON.stringify(body)}`);
    await sleep(POLL_MS);
  }
}
