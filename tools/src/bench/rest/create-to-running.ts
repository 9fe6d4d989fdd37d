import type { ConnectClient } from '../../cluster/index.js';
import { sleep } from '../../process/index.js';
import { create, remove } from './idle-connectors.js';

const TASKS = 3;
const POLL_MS = 5;
const LIMIT_MS = 30_000;
/** The reference gives tasks that hang in their poll, as these do, five seconds to end, in which it does nothing else. */
const REMOVED_MS = 7_000;

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

/** Creates connectors one after the other, named after `what`; they are removed when all have been measured. */
export async function createToRunning(
  client: ConnectClient,
  what: string,
  times: number,
): Promise<readonly CreateTimes[]> {
  const taken: CreateTimes[] = [];
  const names = Array.from({ length: times }, (_, n) => `${what}-${n}`);
  for (const name of names) {
    const from = performance.now();
    await create(client, name, TASKS);
    const answeredMs = performance.now() - from;
    await untilRunning(client, name);
    taken.push({ answeredMs, runningMs: performance.now() - from });
  }
  await Promise.all(names.map((name) => remove(client, name)));
  await sleep(REMOVED_MS);
  return taken;
}

const runs = (status: Status): boolean =>
  status.connector.state === 'RUNNING' &&
  status.tasks.length === TASKS &&
  status.tasks.every(({ state }) => state === 'RUNNING');

async function untilRunning(client: ConnectClient, name: string): Promise<void> {
  const end = performance.now() + LIMIT_MS;
  for (;;) {
    const { status, body } = await client.get(`/connectors/${name}/status`);
    if (status === 200 && runs(body as Status)) return;
    if (performance.now() > end) throw new Error(`connector ${name} after ${LIMIT_MS} ms: ${JSON.stringify(body)}`);
    await sleep(POLL_MS);
  }
}
