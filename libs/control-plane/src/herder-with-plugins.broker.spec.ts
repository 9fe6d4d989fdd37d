import { fileURLToPath } from 'node:url';
import { WorkerConfig } from '@tributary/config-schemas';
import {
  connectorThreads,
  pluginInspector,
  type ConnectorThreads,
  type PluginInspector,
} from '@tributary/control-plane';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { eventually, HerderRig, type RigHerder } from '../test/herder-rig.js';

const worker = WorkerConfig.parse(
  {
    'bootstrap.servers': '127.0.0.1:1',
    'group.id': 'cluster',
    'config.storage.topic': 'configs',
    'offset.storage.topic': 'offsets',
    'status.storage.topic': 'statuses',
    'key.converter': 'org.apache.kafka.connect.storage.StringConverter',
    'value.converter': 'org.apache.kafka.connect.storage.StringConverter',
    'plugin.path': fileURLToPath(new URL('../test/plugins', import.meta.url)),
    'executor.host.unresponsive.ms': '1000',
  },
  'herder',
  () => undefined,
);
const FAULTY = { 'connector.class': 'FaultySource' };

let inspector: PluginInspector;
let threads: ConnectorThreads;
let rig: HerderRig;
let leader: RigHerder;

beforeAll(async () => {
  inspector = pluginInspector(worker);
  threads = connectorThreads(worker, await inspector.catalogue());
});
afterAll(() => Promise.all([inspector.close(), threads.close()]));

beforeEach(async () => {
  rig = new HerderRig();
  leader = await rig.herder('one:1', threads, (config) => inspector.check(config));
  leader.lead(1);
});
afterEach(() => rig.dispose());

const stateOf = (name: string) => leader.view.connectorStatus(name).connector;
const reaches = (name: string, state: string) => eventually(() => expect(stateOf(name)).toMatchObject({ state }));

it('runs a connector of a plugin package: RUNNING with its version, tasks published', async () => {
  await leader.herder.createConnector('c', { ...FAULTY, tasks: '2', 'tasks.max': '2' });
  await reaches('c', 'RUNNING');
  expect(stateOf('c')).toEqual({ state: 'RUNNING', worker_id: 'one:1', version: '1.2.3' });
  await eventually(() => expect(leader.view.taskInfos('c')).toHaveLength(2));
  expect(leader.view.taskInfos('c')[0]?.config).toEqual({ number: '0', 'task.class': 'FaultySourceTask' });
});

it('refuses configs with the texts that clients know', async () => {
  const { herder } = leader;
  await expect(herder.createConnector('a', {})).rejects.toThrow('Connector config {name=a} contains no connector type');
  await expect(herder.createConnector('a', { 'connector.class': 'Nope' })).rejects.toThrow(
    /^Failed to find any class that implements Connector and which name matches Nope, available connectors are: /,
  );
  await expect(herder.createConnector('a', { ...FAULTY, 'tasks.max': 'x' })).rejects.toThrow(
    'Invalid value x for configuration tasks.max: Not a number of type INT',
  );
  await expect(herder.createConnector(null, FAULTY)).rejects.toThrow('String may not be empty');
});

it.each([
  ['in.start', 'throw', 'told to throw'],
  ['in.start', 'exit', 'process.exit(3)'],
  ['in.start', 'spin', 'blocked its thread'],
  ['in.start', 'reject-later', 'rejected behind the back'],
  ['in.taskConfigs', 'throw', 'told to throw'],
  ['in.taskConfigs', 'exit', 'process.exit(3)'],
  ['raise.after.ms', '1', 'gave up'],
  ['topic.creation.default.partitions', '1', 'topic.creation.default.replication.factor'],
])('shows what went wrong when %s does %s, and harms no other connector', async (property, how, trace) => {
  await leader.herder.createConnector('good', FAULTY);
  await leader.herder.createConnector('bad', { ...FAULTY, [property]: how });
  await reaches('bad', 'FAILED');
  expect(stateOf('bad').trace).toContain(trace);
  await reaches('good', 'RUNNING');
  await leader.herder.putConnectorConfig('bad', FAULTY);
  await reaches('bad', 'RUNNING');
});

it.each(['in.start', 'in.taskConfigs'])('changes, stops and deletes a connector that hangs in %s', async (property) => {
  const { herder, view } = leader;
  await herder.createConnector('c', { ...FAULTY, [property]: 'hang' });
  await herder.stopConnector('c');
  await reaches('c', 'STOPPED');
  await herder.resumeConnector('c');
  await herder.putConnectorConfig('c', FAULTY);
  await reaches('c', 'RUNNING');
  await herder.putConnectorConfig('c', { ...FAULTY, [property]: 'hang' });
  await herder.deleteConnector('c');
  await eventually(() => expect(view.connectorNames()).toEqual([]));
});
