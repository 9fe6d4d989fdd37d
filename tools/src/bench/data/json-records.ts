import { kafkaClients, type OutgoingRecord } from '@tributary/kafka-client';

const PER_SEND = 10_000;
/** One record in so many is poison, where any is. */
export const POISON_EVERY = 100;
/** No JSON, and JSON that no transformation of fields takes. */
const POISON = ['{"id":', '5'] as const;

/** Texts of an order without schema, all of one length, so that what is made of them has one length too. */
export function orderText(n: number): string {
  const amount = 10 + (n % 90) + 0.25;
  return (
    `{"id":${100_000_000_000 + n},"customer":"customer-${String(n % 10_000).padStart(5, '0')}","email":"somebody@example.com",` +
    `"amount":${amount},"paid":true,"note":null,"items":["book","lamp"],"address":{"city":"Berlin","zip":"10115"}}`
  );
}

/** {@link orderText}, but poison in the last of every {@link POISON_EVERY}. */
export function orderOrPoison(n: number): string {
  if (n % POISON_EVERY !== POISON_EVERY - 1) return orderText(n);
  return POISON[Math.floor(n / POISON_EVERY) % POISON.length] ?? '';
}

/** Writes `count` values into partition 0 of a topic. */
export async function fillTopic(
  bootstrapServers: string,
  topic: string,
  count: number,
  value: (n: number) => string,
): Promise<void> {
  const producer = kafkaClients.producer({ 'bootstrap.servers': bootstrapServers });
  try {
    for (let from = 0; from < count; from += PER_SEND) {
      const records = Array.from({ length: Math.min(PER_SEND, count - from) }, (_, index): OutgoingRecord => ({
        topic,
        partition: 0,
        key: null,
        value: value(from + index),
        headers: undefined,
        timestamp: Date.now(),
      }));
      await producer.ready();
      await producer.send(records);
    }
  } finally {
    await producer.close();
  }
}
