import { randomUUID } from 'node:crypto';
import { WorkerConfig } from '@tributary/config-schemas';
import { kafkaClients, type TransactionalProducer } from '@tributary/kafka-client';
import { ClusterStores, type ConfigWriter } from '@tributary/kafka-storage';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ZombieFencing } from './zombie-fencing.js';

const id = randomUUID();
const DATA = `fencing-data-${id}`;
const PROPERTIES = {
  'bootstrap.servers': inject('bootstrapServers'),
  'group.id': `fencing-${id}`,
  'key.converter': 'K',
  'value.converter': 'V',
  'config.storage.topic': `fencing-configs-${id}`,
  'offset.storage.topic': `fencing-offsets-${id}`,
  'status.storage.topic': `fencing-status-${id}`,
  'config.storage.replication.factor': '1',
  'offset.storage.replication.factor': '1',
  'status.storage.replication.factor': '1',
};

describe('ZombieFencing', () => {
  const worker = WorkerConfig.parse(PROPERTIES, 'herder', () => undefined);
  const stores = new ClusterStores({ clients: kafkaClients, properties: PROPERTIES, workerProperties: PROPERTIES });
  const { configs } = stores;
  const producers: TransactionalProducer[] = [];
  let writer: ConfigWriter;
  /** called between the two looks at the config topic, with the round's fencing done */
  let meanwhile: () => Promise<void>;

  beforeAll(async () => {
    await stores.start();
    writer = stores.configWriter();
    await writer.claim();
    const admin = kafkaClients.admin({ 'bootstrap.servers': PROPERTIES['bootstrap.servers'] });
    await admin.createTopic({ name: DATA, partitions: 1, replicationFactor: 1, configs: {} });
    await admin.close();
  });
  afterAll(async () => {
    await Promise.all(producers.map((producer) => producer.close()));
    await writer.release();
    await stores.stop();
  });

  function fencing(): ZombieFencing {
    meanwhile = async () => undefined;
    return new ZombieFencing({
      asLeader: async (stage, work) => {
        if (stage.startsWith('writing')) await meanwhile();
        return work();
      },
      view: { connectorType: (name) => (name.startsWith('sink') ? 'sink' : 'source') },
      configs,
      writer,
      worker,
      clients: kafkaClients,
    });
  }

  const setTasks = (name: string, count: number) =>
    writer.putTaskConfigs(
      name,
      Array.from({ length: count }, (_, task) => ({ 'task.id': String(task) })),
    );

  async function connector(name: string, tasks: number): Promise<void> {
    await writer.putConnector(name, { name });
    await setTasks(name, tasks);
  }

  /** What a task of the connector writes with. */
  async function producerOf(name: string, task: number): Promise<TransactionalProducer> {
    const producer = kafkaClients.transactionalProducer({
      'bootstrap.servers': PROPERTIES['bootstrap.servers'],
      'transactional.id': `fencing-${id}-${name}-${task}`,
    });
    producers.push(producer);
    await producer.open();
    return producer;
  }
  const write = (producer: TransactionalProducer) =>
    producer.transact([{ topic: DATA, partition: null, key: null, value: 'x', headers: undefined, timestamp: null }]);

  it('notes the number of tasks where none have been fenced yet, and touches nobody', async () => {
    await connector('new', 2);
    const stranger = await producerOf('new', 0);
    await fencing().fence('new');
    expect(configs.snapshot().taskCountRecord('new')).toBe(2);
    expect(configs.snapshot().pendingFencing('new')).toBe(false);
    await write(stranger);
  });

  it('fences the producers of all earlier tasks, once for each set of task configs', async () => {
    await connector('shrinking', 3);
    const round = fencing();
    await round.fence('shrinking');
    const zombies = await Promise.all([0, 1, 2].map((task) => producerOf('shrinking', task)));
    await setTasks('shrinking', 1);
    await round.fence('shrinking');
    for (const zombie of zombies) await expect(write(zombie)).rejects.toThrow('taken');
    expect(configs.snapshot().taskCountRecord('shrinking')).toBe(1);

    const successor = await producerOf('shrinking', 0);
    await round.fence('shrinking');
    await write(successor);
  });

  it('leaves it to the one task to fence its one predecessor', async () => {
    await connector('single', 1);
    const round = fencing();
    await round.fence('single');
    const before = configs.snapshot().offset;
    const predecessor = await producerOf('single', 0);
    await setTasks('single', 1);
    await round.fence('single');
    expect(configs.snapshot().pendingFencing('single')).toBe(false);
    expect(configs.snapshot().offset).toBeGreaterThan(before);
    await write(predecessor);
  });

  it('does one round for all who ask at the same time', async () => {
    await connector('asked', 2);
    const round = fencing();
    await round.fence('asked');
    await setTasks('asked', 2);
    let rounds = 0;
    meanwhile = async () => void rounds++;
    await Promise.all([round.fence('asked'), round.fence('asked'), round.fence('asked')]);
    expect(rounds).toBe(1);
    expect(configs.snapshot().taskCountRecord('asked')).toBe(2);
  });

  it('notes nothing where the connector got other task configs meanwhile', async () => {
    await connector('restless', 2);
    const round = fencing();
    await round.fence('restless');
    await setTasks('restless', 3);
    meanwhile = () => setTasks('restless', 4);
    await expect(round.fence('restless')).rejects.toThrow(
      'Fencing failed because new task configurations were generated for the connector',
    );
    expect(configs.snapshot().taskCountRecord('restless')).toBe(2);
    expect(configs.snapshot().pendingFencing('restless')).toBe(true);
  });

  it('refuses a connector that is a sink or does not exist', async () => {
    await connector('sink', 1);
    await expect(fencing().fence('sink')).rejects.toThrow('Connector sink is not a source connector');
    await expect(fencing().fence('nobody')).rejects.toThrow('Connector nobody not found');
  });
});
