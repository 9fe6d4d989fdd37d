import { invalidValue, lambda, type Validator } from '@tributary/connect-api';
import { key, REQUIRED, type Keys } from '../keys/key.js';

function positiveOrDefault(what: string): Validator {
  return lambda((name, value) => {
    if (typeof value === 'number' && (value > 0 || value === -1)) return;
    throw invalidValue(name, value, `${what}, or -1 to use the broker's default`);
  }, "positive number, or -1 to use the broker's default");
}

const partitionCount = positiveOrDefault('Number of partitions must be positive');
const replicationFactor = positiveOrDefault(
  'Replication factor must be positive and not larger than the number of brokers in the Kafka cluster',
);

const topic = (what: string) => key('STRING', REQUIRED, 'HIGH', `The topic that stores ${what}.`);
const partitions = (count: number) =>
  key('INT', count, 'LOW', 'Its number of partitions, if it is created.', partitionCount);
const replicas = () => key('SHORT', 3, 'LOW', 'Its replication factor, if it is created.', replicationFactor);

/** The internal topics. Properties like `offset.storage.min.insync.replicas` are passed to a topic that is created. */
export const storageKeys: Keys = {
  'config.storage.topic': topic('the configurations of connectors and tasks'),
  'config.storage.replication.factor': replicas(),
  'offset.storage.topic': topic('the offsets of source connectors'),
  'offset.storage.partitions': partitions(25),
  'offset.storage.replication.factor': replicas(),
  'status.storage.topic': topic('the states of connectors and tasks'),
  'status.storage.partitions': partitions(5),
  'status.storage.replication.factor': replicas(),
};
