import { ConnectError } from '@tributary/connect-api';
import type { ClientProperties, KafkaClientFactory } from '@tributary/kafka-client';

/** How long a cluster that does not answer is tried, milliseconds. */
const PATIENCE_MS = 15_000;

/** The id of the cluster behind `bootstrap.servers`; an error in one line where nothing answers there. */
export async function reachKafka(
  clients: Pick<KafkaClientFactory, 'admin'>,
  properties: ClientProperties,
  patienceMs = PATIENCE_MS,
): Promise<string> {
  const { 'group.id': _, ...own } = properties;
  const admin = clients.admin(own);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs} ms`)), patienceMs);
  });
  try {
    return await Promise.race([admin.clusterId(), late]);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConnectError(
      `Failed to connect to and describe Kafka cluster at ${own['bootstrap.servers']} (bootstrap.servers). ` +
        `Check worker's broker connection and security properties. (${reason})`,
      { cause },
    );
  } finally {
    clearTimeout(timer);
    await admin.close();
  }
}
