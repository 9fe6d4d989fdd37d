import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { referenceRecords } from '../../test/reference-records.js';
import { StorageRig } from '../../test/storage-rig.js';
import type { ConnectorState, Status } from '../api.js';

let rig: StorageRig;
beforeEach(() => {
  rig = new StorageRig();
});
afterEach(() => rig.dispose());

const status = (state: ConnectorState, workerId = 'w:1', generation = 1): Status => {
  return { state, trace: null, workerId, generation, version: '1.0' };
};
const id = { connector: 'a', task: 0 };

describe('KafkaStatusStore', () => {
  it('shows what any process has written', async () => {
    const [writer, reader] = await Promise.all([rig.status(), rig.status()]);
    const told: string[] = [];
    reader.subscribe({ statusChanged: (connector) => told.push(connector) });
    await writer.putConnector('a', status('RUNNING'));
    await writer.putTask(id, { ...status('FAILED'), trace: 'E: x\n\tat y' });
    await writer.putTopic('a', 0, 'orders');
    await reader.refresh();
    expect(reader.connector('a')).toEqual(status('RUNNING'));
    expect(reader.tasks('a')).toEqual([{ ...id, ...status('FAILED'), trace: 'E: x\n\tat y' }]);
    expect(reader.activeTopics('a')).toEqual(['orders']);
    expect(reader.connectors()).toEqual(['a']);
    expect(told).toEqual(['a', 'a', 'a']);
    await writer.refresh();
    await writer.resetTopics('a');
    await writer.putTask(id, null);
    await writer.putConnector('a', null);
    await reader.refresh();
    expect(reader.connectors()).toEqual([]);
  });

  it('writes what the reference would', async () => {
    const store = await rig.status();
    await store.putTask(id, status('RUNNING', 'h:8083', 7));
    expect(await rig.dump('status')).toEqual([
      {
        key: 'status-task-a-0',
        value: '{"state":"RUNNING","trace":null,"worker_id":"h:8083","generation":7,"version":"1.0"}',
      },
    ]);
  });

  it('lets a safe put yield to a newer generation of another worker only', async () => {
    const store = await rig.status();
    const put = async (next: Status) => {
      await store.putTaskSafe(id, next);
      await store.putConnectorSafe('a', next);
      await store.refresh();
      return [store.task(id), store.connector('a')].map(
        (known) => `${known?.state} ${known?.workerId} ${known?.generation}`,
      );
    };
    const twice = (text: string) => [text, text];
    expect(await put(status('FAILED', 'old:1', 3))).toEqual(twice('FAILED old:1 3'));
    expect(await put(status('FAILED', 'new:1', 5))).toEqual(twice('FAILED new:1 5'));
    expect(await put(status('UNASSIGNED', 'old:1', 4))).toEqual(twice('FAILED new:1 5'));
    expect(await put(status('UNASSIGNED', 'new:1', 4))).toEqual(twice('UNASSIGNED new:1 4'));
    expect(await put(status('FAILED', 'old:1', 4))).toEqual(twice('FAILED old:1 4'));
  });

  it('keeps the order of puts of one key', async () => {
    const store = await rig.status();
    const puts = Array.from({ length: 200 }, (_, generation) =>
      store.putTask(id, status('RUNNING', 'w:1', generation)),
    );
    await Promise.all(puts);
    await store.refresh();
    expect(store.task(id)?.generation).toBe(199);
  });

  it("reads a reference cluster's topic", async () => {
    await rig.status();
    const records = referenceRecords('status');
    await rig.write('status', records);
    const store = await rig.status();
    expect(store.task({ connector: 'bad-d', task: 0 })?.trace).toContain("Couldn't find or create file");
    expect(store.connector('sink-2')).toBeUndefined();
    expect(store.tasks('sink-2')).toEqual([]);
  });
});
