import { mkdirSync } from 'node:fs';
import { returned, type ByLine } from './by-line.js';
import { filePlugins, verdict, type Life } from './life.js';

/** Of what kc printed only a part. */
const printed = (part: (it: unknown) => unknown) => returned((it) => part((it as { printed: unknown }).printed));

/** A whole life of connectors by way of kafka-connect-py: its command kc, and its library for what kc lacks. */
export async function livePython(life: Life, client: ByLine): Promise<void> {
  const source = life.own('source');
  const sink = life.own('sink');
  const config = life.sourceConfig();
  const json = (value: unknown) => JSON.stringify(value);
  const kc = (...args: readonly string[]) =>
    life.step(`kc ${args[0]} ${Object.keys(life.steps).length}`, () => client.call('kc', ...args));
  const library = (method: string, ...args: readonly unknown[]) =>
    life.step(`${method} ${Object.keys(life.steps).length}`, () => client.call(method, ...args));

  await kc('info');
  await kc('list');
  await life.step('plugins', () => client.call('kc', 'list-plugins'), printed(filePlugins));
  const asked = { ...config, name: source, 'tasks.max': 'many' };
  await life.step(
    'validate',
    () => client.call('validate_connector_config', 'FileStreamSource', asked),
    returned(verdict),
  );

  await kc('create', '-d', json({ name: source, config }));
  await life.untilState('source', 'RUNNING', 1);
  await kc('create', '-d', json({ name: source, config }));
  await kc('create', '-d', json({ name: life.own('invalid'), config: { ...config, 'tasks.max': 'many' } }));
  await kc(
    'create',
    '-d',
    json({ name: life.own('unknown'), config: { ...config, 'connector.class': life.own('Nothing') } }),
  );
  for (const query of [[], ['-e', 'info'], ['-e', 'status'], ['-s', 'running'], ['-s', 'failed'], ['-p', 'sou.*']]) {
    await kc('list', ...query);
  }
  for (const read of ['get', 'config', 'status', 'list-tasks']) await kc(read, source);
  await kc('task-status', source, '0');
  await life.untilTopics('source', life.own('lines'));
  await kc('list-topics', source);
  await kc('reset-topics', source);
  await life.untilTopics('source', '[]');
  await kc('list-topics', source);

  await kc('update', source, '-d', json({ ...config, 'batch.size': '7' }));
  await kc('config', source);
  await life.untilState('source', 'RUNNING', 1);
  await kc('pause', source);
  await life.untilState('source', 'PAUSED', 1);
  await kc('status', source);
  await kc('resume', source);
  await life.untilState('source', 'RUNNING', 1);
  await library('restart_connector', source);
  await life.untilState('source', 'RUNNING', 1);
  await library('restart_connector', source, true, false);
  await life.untilState('source', 'RUNNING', 1);
  await library('restart_connector', source, true, true);
  await kc('restart-task', source, '0');
  await kc('restart-task', source, '7');
  await life.untilState('source', 'RUNNING', 1);
  await library('stop_connector', source);
  await life.untilState('source', 'STOPPED', 0);
  for (const read of ['get', 'status', 'list-tasks']) await kc(read, source);
  await kc('resume', source);
  await life.untilState('source', 'RUNNING', 1);

  await kc('create', '-d', json({ name: sink, config: life.failingSinkConfig() }));
  await life.untilTaskState('sink', 'FAILED');
  await kc('status', sink);
  mkdirSync(life.file('folder'));
  await library('restart_connector', sink, true, true);
  await life.untilState('sink', 'RUNNING', 1);
  await kc('pause', '--all', '--pattern', 'sou.*');
  await life.untilState('source', 'PAUSED', 1);
  await kc('resume', '--all', '--state', 'paused');
  await life.untilState('source', 'RUNNING', 1);

  const nobody = life.own('nobody');
  for (const asking of ['get', 'config', 'status', 'list-tasks', 'pause', 'resume', 'restart', 'delete']) {
    await kc(asking, nobody);
  }
  for (const asking of ['list-topics', 'reset-topics']) await kc(asking, nobody);
  await library('stop_connector', nobody);
  await kc('task-status', nobody, '0');
  await kc('restart-task', nobody, '0');
  await kc('update', nobody, '-d', json({ ...config, topic: '' }));

  await kc('delete', source);
  await kc('get', source);
  await kc('delete', '--all', '--pattern', 'si.*');
  await kc('list');
}
