import { MINIMAL_WORKER } from '@tributary/testing';
import { describe, expect, it } from 'vitest';
import { WorkerConfig } from '../worker/worker-config.js';
import { exactlyOnceProducerProperties, ownOffsetsTopic } from './source-clients.js';

function worker(more: Record<string, string> = {}): WorkerConfig {
  const minimal = {
    ...MINIMAL_WORKER,
    'bootstrap.servers': 'b:1,c:2',
  };
  return WorkerConfig.parse({ ...minimal, ...more }, 'task-executor', () => undefined);
}

const ON = { 'exactly.once.source.support': 'Enabled' };
const of = (workerConfig: WorkerConfig, connectorConfig: Record<string, string> = {}) => ({
  workerConfig,
  connectorConfig,
  connector: 'files',
  task: 3,
});

describe('exactlyOnceProducerProperties', () => {
  it('names the task to Kafka, and lets nobody change that', () => {
    const ignored: string[] = [];
    const overrides = {
      'producer.override.transactional.id': 'mine',
      'producer.override.enable.idempotence': 'FALSE',
      'producer.override.transaction.timeout.ms': '1000',
    };
    const properties = exactlyOnceProducerProperties(of(worker(ON), overrides), (property) => ignored.push(property));
    expect(properties).toMatchObject({
      'client.id': 'connector-producer-files-3',
      'transactional.id': 'g-files-3',
      'enable.idempotence': 'true',
      'transaction.timeout.ms': '1000',
    });
    expect(ignored).toEqual(['enable.idempotence', 'transactional.id']);
  });

  it('says nothing where nothing was asked for that is not so anyway', () => {
    const ignored: string[] = [];
    const note = (property: string) => ignored.push(property);
    exactlyOnceProducerProperties(of(worker({ ...ON, 'producer.enable.idempotence': 'true' })), note);
    expect(ignored).toEqual([]);
  });
});

describe('ownOffsetsTopic', () => {
  it.each<[string, Record<string, string>, Record<string, string>, string | undefined]>([
    ['no topic is named', {}, {}, undefined],
    ['no topic is named, exactly-once', ON, {}, undefined],
    ["the worker's topic is named", {}, { 'offsets.storage.topic': 'o' }, undefined],
    ['another topic is named', {}, { 'offsets.storage.topic': 'p' }, 'p'],
    ['records go to another Kafka', {}, { 'producer.override.bootstrap.servers': 'd:4' }, undefined],
    ['records go to another Kafka, exactly-once', ON, { 'producer.override.bootstrap.servers': 'd:4' }, 'o'],
    ['the same Kafka is named otherwise', ON, { 'producer.override.bootstrap.servers': 'c:2, b:1' }, undefined],
    [
      "the worker's topic of another Kafka is named",
      {},
      { 'offsets.storage.topic': 'o', 'producer.override.bootstrap.servers': 'd:4' },
      'o',
    ],
  ])('is told where %s', (_case, workerProperties, connectorConfig, topic) => {
    expect(ownOffsetsTopic(of(worker(workerProperties), connectorConfig))?.topic).toBe(topic);
  });

  it("is reached with the connector's own clients", () => {
    const config = { 'offsets.storage.topic': 'p', 'consumer.override.fetch.min.bytes': '4' };
    const clients = ownOffsetsTopic(of(worker(), config))?.clients;
    expect(clients?.consumer).toMatchObject({ 'client.id': 'connector-consumer-files-3', 'fetch.min.bytes': '4' });
    expect(clients?.admin).toMatchObject({ 'client.id': 'connector-adminclient-files-3' });
    expect(clients?.producer).toMatchObject({ 'client.id': 'connector-producer-files-3' });
  });
});
