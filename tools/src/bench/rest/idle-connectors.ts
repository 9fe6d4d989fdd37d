import type { Answer, ConnectClient } from '../../cluster/index.js';
import { sleep, until } from '../../process/index.js';

/** A multiple of 3, so that three of them have ten tasks. */
export const CONNECTORS = Number(process.env.TRIBUTARY_BENCH_CONNECTORS ?? 300);
export const TASKS = (CONNECTORS / 3) * 10;

const RUNNING_LIMIT_MS = 180_000;
/** A rebalance is over then, mostly. */
const CONFLICT_PAUSE_MS = 20;

interface Expanded {
  readonly status: {
    readonly connector: { readonly state: string };
    readonly tasks: readonly { readonly state: string }[];
  };
}

export const connectorName = (n: number): string => `idle-${String(n).padStart(3, '0')}`;

/** Every third connector has one more, which makes {@link TASKS} in all. */
export const tasksOf = (n: number): number => (n % 3 === 0 ? 4 : 3);

/** A source whose tasks send one record and then have no more; both sides have it. */
export function idleConfig(tasks: number): Record<string, string> {
  return {
    'connector.class': 'org.apache.kafka.connect.tools.VerifiableSourceConnector',
    'tasks.max': String(tasks),
    topic: 'bench-idle',
    throughput: '0',
    'key.converter': 'org.apache.kafka.connect.json.JsonConverter',
    'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
    'errors.tolerance': 'none',
  };
}

export function create(client: ConnectClient, name: string, tasks: number): Promise<void> {
  return insisting(201, () => client.post('/connectors', { name, config: idleConfig(tasks) }));
}

export function remove(client: ConnectClient, name: string): Promise<void> {
  return insisting(204, () => client.delete(`/connectors/${name}`));
}

/** While a rebalance is under way the reference wants to be asked again. */
async function insisting(wanted: number, request: () => Promise<Answer>): Promise<void> {
  for (;;) {
    const { status, body } = await request();
    if (status === wanted) return;
    if (status !== 409) throw new Error(`a change was answered with ${status} ${JSON.stringify(body)}`);
    await sleep(CONFLICT_PAUSE_MS);
  }
}

/** Creates all, `atATime` of them side by side; resolves when all run. */
export async function createAll(client: ConnectClient, atATime: number): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < CONNECTORS) {
      const n = next++;
      await create(client, connectorName(n), tasksOf(n));
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  await untilAllRun(client);
}

/** Resolves when every connector and task of {@link createAll} is RUNNING. */
export async function untilAllRun(client: ConnectClient): Promise<void> {
  let seen = '';
  const allRun = async () => {
    const { status, body } = await client.get('/connectors?expand=status');
    if (status !== 200) return false;
    const idle = Object.entries(body as Record<string, Expanded>).filter(([name]) => name.startsWith('idle-'));
    const connectors = idle.filter(([, { status: each }]) => each.connector.state === 'RUNNING').length;
    const tasks = idle.flatMap(([, { status: each }]) => each.tasks).filter(({ state }) => state === 'RUNNING').length;
    seen = `${connectors} connectors and ${tasks} tasks run`;
    return connectors === CONNECTORS && tasks === TASKS;
  };
  await until('all connectors and tasks to run', allRun, RUNNING_LIMIT_MS, 100).catch((cause: unknown) => {
    throw new Error(`${(cause as Error).message}; ${seen}`, { cause });
  });
}
