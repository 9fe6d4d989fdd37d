import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigProviders } from '@tributary/config-schemas';
import type { ConfigStore, ConnectorConfig, TargetState } from '@tributary/kafka-storage';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ExpiringValues } from './expiring-values.js';

const TTL_MS = 1_000;

let folder = '';
let secrets = '';
beforeEach(() => {
  vi.useFakeTimers();
  folder = mkdtempSync(join(tmpdir(), 'expiring-'));
  secrets = join(folder, 'secrets.properties');
  writeFileSync(secrets, 'password=one\nother=x\n');
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

/** Watches connector C with this config; `restarts` has what was restarted. */
function watching(more: Record<string, string> = {}, setting: { ttl?: string; state?: TargetState } = {}) {
  const config: ConnectorConfig = { password: `\${file:${secrets}:password}`, ...more };
  const snapshot = {
    connectors: () => ['C'],
    connectorConfig: (name: string) => (name === 'C' ? config : undefined),
    targetState: () => setting.state ?? 'STARTED',
  };
  const configs = { snapshot: () => snapshot } as unknown as ConfigStore;
  const providers = ConfigProviders.from({
    'config.providers': 'file',
    'config.providers.file.class': 'FileConfigProvider',
    'config.providers.file.param.ttl.ms': setting.ttl ?? String(TTL_MS),
  });
  const restarts: string[] = [];
  const failures: Error[] = [];
  const values = new ExpiringValues(configs, providers, async (name) => {
    restarts.push(name);
    const failure = failures.shift();
    if (failure !== undefined) throw failure;
  });
  values.start();
  return { values, restarts, failures, setting };
}

const later = () => vi.advanceTimersByTimeAsync(TTL_MS);

it('restarts a connector once its value has changed, and again with the next', async () => {
  const { restarts } = watching();
  await later();
  expect(restarts).toEqual([]);
  writeFileSync(secrets, 'password=two\nother=y\n');
  await later();
  expect(restarts).toEqual(['C']);
  writeFileSync(secrets, 'password=two\nother=z\n');
  await later();
  expect(restarts).toEqual(['C']);
  writeFileSync(secrets, 'password=three\n');
  await later();
  expect(restarts).toEqual(['C', 'C']);
});

it('tries again where a restart could not be asked for', async () => {
  const { restarts, failures } = watching();
  failures.push(new Error('Kafka is away'));
  writeFileSync(secrets, 'password=two\n');
  await later();
  await later();
  await later();
  expect(restarts).toEqual(['C', 'C']);
});

it('leaves alone what wants no restart, has no variable, or is looked up for good', async () => {
  const all = [
    watching({ 'config.action.reload': 'none' }),
    watching({ password: 'literal' }),
    watching({ password: '${env:HOME}' }),
    watching({}, { ttl: '60000' }),
  ];
  writeFileSync(secrets, 'password=two\n');
  await later();
  expect(all.flatMap(({ restarts }) => restarts)).toEqual([]);
});

it('lets a connector run that would not find its value any more, until there is one', async () => {
  const { restarts } = watching();
  writeFileSync(secrets, 'other=x\n');
  await later();
  rmSync(secrets);
  await later();
  expect(restarts).toEqual([]);
  writeFileSync(secrets, 'password=two\n');
  await later();
  expect(restarts).toEqual(['C']);
});

it('restarts a connector that could not find its value before', async () => {
  rmSync(secrets);
  const { restarts } = watching();
  writeFileSync(secrets, 'password=one\n');
  await later();
  expect(restarts).toEqual(['C']);
});

it('does not start what is STOPPED: it reads the value when it is resumed', async () => {
  const { restarts, setting } = watching({}, { state: 'STOPPED' });
  writeFileSync(secrets, 'password=two\n');
  await later();
  setting.state = 'STARTED';
  await later();
  expect(restarts).toEqual([]);
});

it('ends with the term, and with the connector', async () => {
  const ended = watching();
  ended.values.stop();
  const deleted = watching();
  deleted.values.connectorRemoved('C');
  writeFileSync(secrets, 'password=two\n');
  await later();
  expect([...ended.restarts, ...deleted.restarts]).toEqual([]);
});
