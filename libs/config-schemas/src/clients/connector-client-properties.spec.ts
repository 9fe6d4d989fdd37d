import { MINIMAL_WORKER } from '@tributary/testing';
import { describe, expect, it } from 'vitest';
import { WorkerConfig } from '../worker/worker-config.js';
import { connectorClientProperties } from './connector-client-properties.js';

function worker(more: Record<string, string> = {}): WorkerConfig {
  const minimal = {
    ...MINIMAL_WORKER,
    'bootstrap.servers': 'b:1,c:2',
  };
  return WorkerConfig.parse({ ...minimal, ...more }, 'task-executor', () => undefined);
}

const of = (workerConfig: WorkerConfig, connectorConfig = {}) => ({
  workerConfig,
  connectorConfig,
  connector: 'files',
  task: 0,
});

describe('connectorClientProperties', () => {
  it('makes producers that lose nothing', () => {
    expect(connectorClientProperties('producer', of(worker({ 'security.protocol': 'SSL' })))).toEqual({
      'bootstrap.servers': 'b:1,c:2',
      'client.id': 'connector-producer-files-0',
      'max.block.ms': '9223372036854775807',
      'enable.idempotence': 'false',
      acks: 'all',
      'max.in.flight.requests.per.connection': '1',
      'delivery.timeout.ms': '2147483647',
    });
  });

  it('puts the worker over the baseline and the connector over the worker', () => {
    const config = {
      'consumer.override.max.poll.records': '3',
      'consumer.override.fetch.min.bytes': '4',
      'producer.override.acks': '1',
    };
    const properties = connectorClientProperties('consumer', {
      ...of(worker({ 'consumer.max.poll.records': '2', 'consumer.auto.offset.reset': 'latest' }), config),
    });
    expect(properties).toEqual({
      'bootstrap.servers': 'b:1,c:2',
      'client.id': 'connector-consumer-files-0',
      'group.id': 'connect-files',
      'enable.auto.commit': 'false',
      'auto.offset.reset': 'latest',
      'max.poll.records': '3',
      'fetch.min.bytes': '4',
    });
  });

  it("starts admin clients from the worker's own properties", () => {
    const properties = connectorClientProperties('admin', {
      ...of(worker({ 'security.protocol': 'SSL' })),
      task: undefined,
    });
    expect(properties).toEqual({
      'bootstrap.servers': 'b:1,c:2',
      'security.protocol': 'SSL',
      'client.id': 'connector-adminclient-files',
    });
  });

  it.each([
    ['producer', 'connector-dlq-producer-files-0'],
    ['admin', 'connector-dlq-adminclient-'],
  ] as const)('names the %s client of a dead letter queue', (kind, id) => {
    expect(connectorClientProperties(kind, { ...of(worker()), purpose: 'dlq' })['client.id']).toBe(id);
  });

  it.each<[string, Record<string, string>]>([
    ['None', {}],
    ['Principal', {}],
    ['Allowlist', { 'connector.client.config.override.allowlist': 'linger.ms' }],
    ['org.apache.kafka.connect.connector.policy.NoneConnectorClientConfigOverridePolicy', {}],
  ])('refuses overrides that the policy %s does not allow', (policy, more) => {
    const strict = worker({ 'connector.client.config.override.policy': policy, ...more });
    const config = { 'producer.override.acks': '1' };
    expect(() => connectorClientProperties('producer', of(strict, config))).toThrow(
      'Client Config Overrides not allowed [producer.override.acks]',
    );
  });

  it('accepts overrides that the policy allows', () => {
    const principal = worker({ 'connector.client.config.override.policy': 'Principal' });
    const config = { 'producer.override.sasl.mechanism': 'PLAIN' };
    expect(connectorClientProperties('producer', of(principal, config))['sasl.mechanism']).toBe('PLAIN');
  });
});
