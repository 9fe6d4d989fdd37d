import { ConnectError } from '@tributary/connect-api';
import type { Admin } from '@tributary/kafka-client';

/** How long a cluster that does not answer is tried, milliseconds. */
const PATIENCE_MS = 15_000;

/** The id of the cluster behind `bootstrap.servers`; an error in one line where nothing answers there. */
export async function reachKafka(
  admin: Pick<Admin, 'clusterId'>,
  bootstrapServers: string,
  patienceMs = PATIENCE_MS,
): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs} ms`)), patienceMs);
  });
  try {
    return await Promise.race([admin.clusterId(), late]);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConnectError(
      `Failed to connect to and describe Kafka cluster at ${bootstrapServers} (bootstrap.servers). ` +
        `Check worker's broker connection and security properties. (${reason})`,
      { cause },
    );
  } finally {
    clearTimeout(timer);
  }
}
