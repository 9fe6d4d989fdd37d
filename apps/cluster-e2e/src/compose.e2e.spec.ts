import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '@tributary/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ComposeProject, findCompose } from './compose.js';
import { STRINGS } from './fixture.js';
import { arrivalOf } from './numbered-lines.js';

const found = findCompose();
const reason = 'missing' in found ? ` (skipped: ${found.missing})` : '';

describe.skipIf('missing' in found)(`docker-compose.yml${reason}`, () => {
  let project: ComposeProject;
  let directory: string;
  let written = 0;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'tributary-compose-'));
    project = await ComposeProject.prepare('command' in found ? found.command : []);
    await project.compose('up', '-d', '--build', '--scale', 'task-executor=3');
  }, 300_000);
  afterAll(async () => {
    await project?.dispose();
    rmSync(directory, { recursive: true, force: true });
  }, 60_000);

  const anExecutor = async () => {
    const [first = ''] = await project.containers('task-executor');
    return first;
  };
  /** Appends the next 1000 lines to the file that the source reads. */
  const write = async () => {
    const script = `i=${written}; while [ $i -lt ${written + 1_000} ]; do i=$((i+1)); printf 'line-%09d\\n' $i; done >>/data/in.txt`;
    await project.inContainer(await anExecutor(), script);
    written += 1_000;
  };
  const arrival = async () => {
    const copy = join(directory, 'out.txt');
    writeFileSync(copy, await project.inContainer(await anExecutor(), 'cat /data/out.txt 2>/dev/null || true'));
    return arrivalOf(copy, written);
  };
  const everythingArrives = () =>
    until('every line to arrive', async () => (await arrival()).missing === 0, 120_000, 500).catch(async (cause) => {
      throw new Error(`${String(cause)}: ${JSON.stringify(await arrival())}`, { cause });
    });
  /** The container that runs a connector or its task: it advertises its address. */
  const workerOf = async (name: string, part: 'connector' | 'task') => {
    const status = await project.client.untilState(name, 'RUNNING', 1, 90_000);
    const [worker, service] = part === 'connector' ? [status.connector, 'herder'] : [status.tasks[0], 'task-executor'];
    return project.containerAt(worker?.worker_id.split(':')[0] ?? '', service);
  };

  test('three executors, two herders and a gateway become healthy and move a file', async () => {
    await project.untilHealthy('gateway', 1);
    await project.untilHealthy('herder', 2);
    await project.untilHealthy('task-executor', 3);
    await write();
    const { client } = project;
    await client.create('in', { 'connector.class': 'FileStreamSource', file: '/data/in.txt', topic: 't', ...STRINGS });
    await client.create('out', { 'connector.class': 'FileStreamSink', file: '/data/out.txt', topics: 't', ...STRINGS });
    await everythingArrives();
    expect(await arrival()).toMatchObject({ duplicates: 0, foreign: [] });
  });

  test('an executor and the leading herder that crash are started again and nothing is lost', async () => {
    const [executor, leader] = [await workerOf('in', 'task'), await workerOf('in', 'connector')];
    await write();
    await Promise.all([project.crash(executor), project.crash(leader)]);
    await write();
    await everythingArrives();
    await project.untilHealthy('herder', 2);
    await project.untilHealthy('task-executor', 3);
  });

  test('Kafka may be away for a while', async () => {
    await project.compose('stop', 'kafka');
    await write();
    await project.compose('start', 'kafka');
    await everythingArrives();
  });

  test('fewer executors take over the tasks of those that went', async () => {
    await project.compose('up', '-d', '--no-build', '--scale', 'task-executor=1');
    await project.untilHealthy('task-executor', 1);
    await write();
    await everythingArrives();
    expect(await workerOf('in', 'task')).toBe(await anExecutor());
  });

  test('stopping is quick and ends every process in good order', async () => {
    const services = ['task-executor', 'herder', 'gateway'];
    const started = Date.now();
    await project.compose('stop', '-t', '30', ...services);
    expect(Date.now() - started).toBeLessThan(25_000);
    for (const service of services) {
      for (const id of await project.containers(service)) {
        expect([service, await project.inspect(id, '{{.State.ExitCode}}')]).toEqual([service, '0']);
      }
    }
  });
});
