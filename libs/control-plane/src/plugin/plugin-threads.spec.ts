import { fileURLToPath } from 'node:url';
import { WorkerConfig } from '@tributary/config-schemas';
import {
  connectorThreads,
  pluginInspector,
  type ConnectorThreads,
  type PluginInspector,
} from '@tributary/control-plane';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const worker = WorkerConfig.parse(
  {
    'bootstrap.servers': '127.0.0.1:1',
    'group.id': 'cluster',
    'config.storage.topic': 'configs',
    'offset.storage.topic': 'offsets',
    'status.storage.topic': 'statuses',
    'key.converter': 'org.apache.kafka.connect.storage.StringConverter',
    'value.converter': 'org.apache.kafka.connect.storage.StringConverter',
    'plugin.path': fileURLToPath(new URL('../../test/plugins', import.meta.url)),
    'executor.host.unresponsive.ms': '1000',
  },
  'herder',
  () => undefined,
);
const FAULTY = { name: 'c', 'connector.class': 'test.FaultySourceConnector' };
const signal = new AbortController().signal;

let inspector: PluginInspector;
let threads: ConnectorThreads;

beforeEach(async () => {
  inspector = pluginInspector(worker);
  threads = connectorThreads(worker, await inspector.catalogue());
});
afterEach(() => Promise.all([inspector.close(), threads.close()]));

const silent = () => ({ reconfigure: vi.fn(), failed: vi.fn<(error: Error) => void>(), gone: vi.fn() });
const launch = (config: Record<string, string>, events = silent()) =>
  threads.launch('c', { ...FAULTY, ...config }, events, signal);

it('lists plugins, and knows connectors by each of their names', async () => {
  const listed = await inspector.plugins({ connectorsOnly: true });
  expect(listed).toContainEqual({ class: 'test.FaultySourceConnector', type: 'source', version: '1.2.3' });
  const catalogue = await inspector.catalogue();
  const typeOf = (name: string) => catalogue.typeOf({ 'connector.class': name });
  expect(['FaultySource', 'FaultySourceConnector', 'test.FaultySourceConnector'].map(typeOf)).toEqual(
    Array(3).fill('source'),
  );
  expect([typeOf('Faulty'), catalogue.typeOf({}), catalogue.typeOf(undefined)]).toEqual(Array(3).fill('unknown'));
});

it('describes a plugin, and refuses one that is not there', async () => {
  const keys = (await inspector.pluginConfig('FaultySource')).map(({ name }) => name);
  expect(keys.slice(0, 2)).toEqual(['in.start', 'in.taskConfigs']);
  expect(keys).toContain('tasks.max');
  await expect(inspector.pluginConfig('nope')).rejects.toMatchObject({
    message: 'Unknown plugin nope.',
    code: 'NOT_FOUND',
  });
});

it('validates', async () => {
  expect(await inspector.validate(FAULTY)).toMatchObject({ name: 'test.FaultySourceConnector', error_count: 0 });
  expect((await inspector.validate({ ...FAULTY, 'tasks.max': '0' })).error_count).toBe(1);
  await expect(inspector.validate({ name: 'a' })).rejects.toMatchObject({
    message: 'Connector config {name=a} contains no connector type',
    code: 'BAD_REQUEST',
  });
});

it('says why a config is refused', async () => {
  expect(await inspector.check(FAULTY)).toBeUndefined();
  expect(await inspector.check({ ...FAULTY, 'tasks.max': '0', name: '' })).toBe(
    'Connector configuration is invalid and contains the following 2 error(s):\n' +
      'Invalid value  for configuration name: String may not be empty\n' +
      'Invalid value 0 for configuration tasks.max: Value must be at least 1\n' +
      'You can also find the above list of errors at the endpoint `/connector-plugins/{connectorType}/config/validate`',
  );
});

it.each(['exit', 'spin'])('survives a validation in which the plugin does %s', async (how) => {
  const bad = inspector.validate({ ...FAULTY, 'in.validate': how });
  await expect(bad).rejects.toThrow(/exit|blocked/);
  await expect(inspector.validate(FAULTY)).resolves.toMatchObject({ error_count: 0 });
});

it('runs a connector', async () => {
  const connector = await launch({ tasks: '2', 'tasks.max': '3' });
  expect(connector.version).toBe('1.2.3');
  await connector.start();
  expect(await connector.taskConfigs()).toEqual({
    taskClass: 'FaultySourceTask',
    configs: [{ number: '0' }, { number: '1' }],
    tasksMax: 3,
    enforceTasksMax: true,
  });
  await connector.destroy(1000);
});

it('passes on what start throws, and what the connector raises later', async () => {
  const thrower = await launch({ 'in.start': 'throw' });
  await expect(thrower.start()).rejects.toThrow('told to throw');
  const events = silent();
  const raiser = await launch({ 'raise.after.ms': '1' }, events);
  await raiser.start();
  await vi.waitFor(() => expect(events.failed).toHaveBeenCalled(), { timeout: 10_000 });
  expect(events.failed.mock.calls[0]?.[0].message).toBe('gave up');
});

it.each(['exit', 'spin'])('tells which connector did %s, and runs the others on', async (how) => {
  const [good, bad] = [silent(), silent()];
  const bystander = await threads.launch('other', FAULTY, good, signal);
  const connector = await launch({ 'in.start': how }, bad);
  await expect(connector.start()).rejects.toThrow();
  await vi.waitFor(() => expect(bad.failed).toHaveBeenCalled(), { timeout: 10_000 });
  await bystander.start();
  expect(good.failed).not.toHaveBeenCalled();
});

it('ends a connector whose start hangs', async () => {
  const connector = await launch({ 'in.start': 'hang' });
  const hanging = expect(connector.start()).rejects.toThrow();
  await connector.destroy(50);
  await hanging;
});
