import { mkdirSync } from 'node:fs';
import { returned, type ByLine } from './by-line.js';
import { filePlugins, verdict, type Life } from './life.js';

/** A whole life of connectors by way of org.sourcelab's kafka-connect-client. */
export async function liveJava(life: Life, client: ByLine): Promise<void> {
  const source = life.own('source');
  const sink = life.own('sink');
  const config = life.sourceConfig();
  const call = (method: string, ...args: readonly unknown[]) =>
    life.step(`${method} ${Object.keys(life.steps).length}`, () => client.call(method, ...args));

  await call('getConnectServerVersion');
  await call('getConnectors');
  await life.step('plugins', () => client.call('getConnectorPlugins'), returned(filePlugins));
  const asked = { ...config, name: source, 'tasks.max': 'many' };
  await life.step(
    'validate',
    () => client.call('validateConnectorPluginConfig', 'FileStreamSource', asked),
    returned(verdict),
  );

  await call('addConnector', source, config);
  await life.untilState('source', 'RUNNING', 1);
  await call('addConnector', source, config);
  await call('addConnector', life.own('invalid'), { ...config, 'tasks.max': 'many' });
  await call('addConnector', life.own('unknown'), { ...config, 'connector.class': life.own('Nothing') });
  await call('getConnectors');
  await call('getConnectorsWithExpandedStatus');
  await call('getConnectorsWithExpandedInfo');
  await call('getConnectorsWithAllExpandedMetadata');
  await call('getConnector', source);
  await call('getConnectorConfig', source);
  await call('getConnectorStatus', source);
  await call('getConnectorTasks', source);
  await call('getConnectorTaskStatus', source, 0);
  await life.untilTopics('source', life.own('lines'));
  await call('getConnectorTopics', source);
  await call('resetConnectorTopics', source);
  await life.untilTopics('source', '[]');
  await call('getConnectorTopics', source);

  await call('updateConnectorConfig', source, { ...config, 'batch.size': '7' });
  await call('getConnectorConfig', source);
  await life.untilState('source', 'RUNNING', 1);
  await call('pauseConnector', source);
  await life.untilState('source', 'PAUSED', 1);
  await call('getConnectorStatus', source);
  await call('resumeConnector', source);
  await life.untilState('source', 'RUNNING', 1);
  await call('restartConnector', source);
  await life.untilState('source', 'RUNNING', 1);
  await call('restartConnectorWith', source, true, false);
  await life.untilState('source', 'RUNNING', 1);
  await call('restartConnectorWith', source, true, true);
  await call('restartConnectorWith', source, false, true);
  await call('restartConnectorTask', source, 0);
  await call('restartConnectorTask', source, 7);
  await life.untilState('source', 'RUNNING', 1);
  await call('stopConnector', source);
  await life.untilState('source', 'STOPPED', 0);
  for (const read of ['getConnector', 'getConnectorStatus', 'getConnectorTasks']) await call(read, source);
  await call('resumeConnector', source);
  await life.untilState('source', 'RUNNING', 1);

  await call('addConnector', sink, life.failingSinkConfig());
  await life.untilTaskState('sink', 'FAILED');
  await call('getConnectorStatus', sink);
  await call('getConnectorTaskStatus', sink, 0);
  mkdirSync(life.file('folder'));
  await call('restartConnectorWith', sink, true, true);
  await life.untilState('sink', 'RUNNING', 1);

  const nobody = life.own('nobody');
  for (const asking of [
    'getConnector',
    'getConnectorConfig',
    'getConnectorStatus',
    'getConnectorTasks',
    'getConnectorTopics',
    'resetConnectorTopics',
    'pauseConnector',
    'resumeConnector',
    'stopConnector',
    'restartConnector',
    'deleteConnector',
  ]) {
    await call(asking, nobody);
  }
  await call('getConnectorTaskStatus', nobody, 0);
  await call('restartConnectorTask', nobody, 0);
  await call('restartConnectorWith', nobody, true, true);
  await call('updateConnectorConfig', nobody, { ...config, topic: '' });

  await call('deleteConnector', source);
  await call('getConnector', source);
  await call('deleteConnector', sink);
  await call('getConnectors');
}
