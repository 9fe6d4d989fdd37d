import type { RecordMetadata } from '@tributary/connect-api';
import { FencedError, type KafkaClientFactory, type TransactionalProducer } from '@tributary/kafka-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConfigStore } from '../api.js';
import { ClusterConfigState } from './cluster-config-state.js';
import { KafkaConfigWriter } from './kafka-config-writer.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A claimed writer on a producer that does as told, and on a view that never changes. */
async function bench(transact: () => Promise<readonly RecordMetadata[]>) {
  const given: Readonly<Record<string, string>>[] = [];
  const producer: TransactionalProducer = { open: async () => undefined, transact, close: async () => undefined };
  const clients: Pick<KafkaClientFactory, 'transactionalProducer'> = {
    transactionalProducer: (properties) => {
      given.push(properties);
      return producer;
    },
  };
  const state = new ClusterConfigState();
  const store: ConfigStore = {
    start: async () => undefined,
    snapshot: () => state.snapshot(),
    refresh: async () => undefined,
    subscribe: () => () => undefined,
    stop: async () => undefined,
  };
  const properties = { 'group.id': 'g', 'client.id': 'x' };
  const writer = new KafkaConfigWriter({
    clients: clients as KafkaClientFactory,
    properties,
    topic: { name: 't' },
    store,
  });
  await writer.claim();
  return { writer, given };
}

describe('KafkaConfigWriter', () => {
  it("takes the cluster's transactional id", async () => {
    const { given } = await bench(async () => []);
    expect(given).toEqual([
      {
        'transactional.id': 'connect-cluster-g',
        'client.id': 'g-x-configs-leader',
        'transaction.timeout.ms': '10000',
        acks: 'all',
      },
    ]);
  });

  it('gives a change up after 30 seconds when Kafka does not answer', async () => {
    const { writer } = await bench(() => new Promise(() => {}));
    const change = expect(writer.putConnector('a', {})).rejects.toThrow(
      'Error writing connector configuration to Kafka',
    );
    await vi.advanceTimersByTimeAsync(30_000);
    await change;
  });

  it('gives a change up after 30 seconds when it does not show', async () => {
    const { writer } = await bench(async () => [{ topic: 't', partition: 0, offset: 5, timestamp: 0 }]);
    const change = expect(writer.putConnector('a', {})).rejects.toThrow('record 5 did not show within 30000 ms');
    await vi.advanceTimersByTimeAsync(30_010);
    await change;
  });

  it('names the cause of a failure, says who was fenced, and makes the next change all the same', async () => {
    const errors: Error[] = [new Error('disk full'), new FencedError('another one leads')];
    const { writer } = await bench(async () => Promise.reject(errors.shift() ?? new Error('no more')));
    await expect(writer.putTargetState('a', 'PAUSED')).rejects.toMatchObject({
      message: 'Error writing connector configuration to Kafka',
      cause: { message: 'disk full' },
    });
    await expect(writer.removeConnector('a')).rejects.toThrow(FencedError);
    await expect(writer.removeConnector('a')).rejects.toMatchObject({ cause: { message: 'no more' } });
  });
});
