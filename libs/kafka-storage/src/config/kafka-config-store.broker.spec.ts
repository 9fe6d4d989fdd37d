import { FencedError } from '@tributary/kafka-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { referenceRecords } from '../../test/reference-records.js';
import { StorageRig } from '../../test/storage-rig.js';
import type { ConfigListener } from '../api.js';

let rig: StorageRig;
beforeEach(() => {
  rig = new StorageRig();
});
afterEach(() => rig.dispose());

/** A listener that notes what it is told. */
function listening(): { readonly told: string[]; readonly listener: ConfigListener } {
  const told: string[] = [];
  return {
    told,
    listener: {
      connectorConfigChanged: (name) => told.push(`config ${name}`),
      connectorRemoved: (name) => told.push(`removed ${name}`),
      taskConfigsChanged: (name) => told.push(`tasks ${name}`),
      targetStateChanged: (name) => told.push(`target ${name}`),
      restartRequested: ({ connector }) => told.push(`restart ${connector}`),
      sessionKeyChanged: ({ algorithm }) => told.push(`key ${algorithm}`),
      loggerLevelChanged: (namespace, level) => told.push(`logger ${namespace} ${level}`),
    },
  };
}

describe('KafkaConfigStore and KafkaConfigWriter', () => {
  it('show each change in the own view when the call resolves, and in every other after a refresh', async () => {
    const [leader, other] = await Promise.all([rig.config(), rig.config()]);
    const writer = await rig.writer(leader);
    await writer.putConnector('a', { v: '1' }, 'PAUSED');
    expect(leader.snapshot().connectorConfig('a')).toEqual({ v: '1' });
    expect(leader.snapshot().targetState('a')).toBe('PAUSED');
    await writer.putTaskConfigs('a', [{ t: '0' }, { t: '1' }]);
    expect(leader.snapshot().tasks('a')).toHaveLength(2);
    await other.refresh();
    expect(other.snapshot().taskConfig({ connector: 'a', task: 1 })).toEqual({ t: '1' });
    expect(other.snapshot().offset).toBe(leader.snapshot().offset);
    await writer.putTargetState('a', 'STOPPED');
    expect(leader.snapshot().tasks('a')).toEqual([]);
    expect(leader.snapshot().targetState('a')).toBe('STOPPED');
    await writer.removeConnector('a');
    expect(leader.snapshot().connectors()).toEqual([]);
    expect(leader.snapshot().targetState('a')).toBeUndefined();
  });

  it('write the records of the reference in its order', async () => {
    const writer = await rig.writer(await rig.config());
    await writer.putSessionKey({ key: Buffer.from('secret'), algorithm: 'HmacSHA256', createdAt: 5 });
    await writer.putConnector('ü-1', { 'connector.class': 'C', name: 'ü-1' }, 'STOPPED');
    await writer.putTaskConfigs('ü-1', [{ t: '0' }, { t: '1' }]);
    await writer.putTaskCountRecord('ü-1', 2);
    await writer.putTargetState('ü-1', 'STARTED');
    await writer.putRestartRequest({ connector: 'ü-1', includeTasks: true, onlyFailed: false });
    await writer.putLoggerLevel('org.foo', 'DEBUG');
    await writer.putTargetState('ü-1', 'STOPPED');
    await writer.removeConnector('ü-1');
    expect((await rig.dump('config')).map(({ key, value }) => `${key} ${value}`)).toEqual([
      'session-key {"key":"c2VjcmV0","algorithm":"HmacSHA256","creation-timestamp":5}',
      'target-state-ü-1 {"state":"PAUSED","state.v2":"STOPPED"}',
      'connector-ü-1 {"properties":{"connector.class":"C","name":"ü-1"}}',
      'task-ü-1-0 {"properties":{"t":"0"}}',
      'task-ü-1-1 {"properties":{"t":"1"}}',
      'commit-ü-1 {"tasks":2}',
      'tasks-fencing-ü-1 {"task-count":2}',
      'target-state-ü-1 {"state":"STARTED","state.v2":"STARTED"}',
      'restart-connector-ü-1 {"include-tasks":true,"only-failed":false}',
      'logger-cluster-org.foo {"level":"DEBUG"}',
      'commit-ü-1 {"tasks":0}',
      'target-state-ü-1 {"state":"PAUSED","state.v2":"STOPPED"}',
      'connector-ü-1 undefined',
      'target-state-ü-1 undefined',
    ]);
  });

  it('fence the former writer, which has then changed nothing', async () => {
    const store = await rig.config();
    const [deposed, successor] = [await rig.writer(store), await rig.writer(store)];
    await expect(deposed.putConnector('a', { v: 'old' })).rejects.toThrow(FencedError);
    await successor.putConnector('b', { v: 'new' });
    await expect(deposed.putConnector('a', { v: 'old' })).rejects.toThrow(FencedError);
    await store.refresh();
    expect(store.snapshot().connectors()).toEqual(['b']);
  });

  it('lead again after a new claim', async () => {
    const store = await rig.config();
    const [first, second] = [await rig.writer(store), await rig.writer(store)];
    await first.claim();
    await first.putConnector('a', {});
    await expect(second.putConnector('b', {})).rejects.toThrow(FencedError);
    expect(store.snapshot().connectors()).toEqual(['a']);
  });

  it('leave no transaction open when the topic is released in the middle of a change', async () => {
    const store = await rig.config();
    for (let n = 0; n < 36; n++) {
      const writer = await rig.writer(store);
      const change = writer.putConnector(`c${n}`, { v: '1' });
      // At every moment of the transaction.
      await new Promise((resolve) => setTimeout(resolve, n % 12));
      await writer.release();
      await change.catch(() => undefined);
      const began = performance.now();
      await store.refresh();
      expect(performance.now() - began).toBeLessThan(5_000);
    }
  });

  it('refuse to write unclaimed', async () => {
    const writer = await rig.writer(await rig.config());
    await writer.release();
    await expect(writer.putConnector('a', {})).rejects.toThrow('this process has not claimed it');
  });

  it('do not use a half-written set of task configs, nor let unreadable records stop them', async () => {
    const store = await rig.config();
    const { told, listener } = listening();
    store.subscribe(listener);
    await rig.write('config', [
      { key: 'connector-a', value: '{"properties":{}}' },
      { key: 'task-a-0', value: '{"properties":{"t":"0"}}' },
      { key: 'commit-a', value: '{"tasks":2}' },
      { key: 'connector-b', value: 'no JSON' },
      { key: 'something-else', value: '{}' },
    ]);
    await store.refresh();
    expect([...store.snapshot().inconsistentConnectors]).toEqual(['a']);
    expect(store.snapshot().tasks('a')).toEqual([]);
    expect(store.snapshot().connectors()).toEqual(['a']);
    expect(store.snapshot().offset).toBe(5);
    expect(told).toEqual(['config a', 'tasks a']);
  });

  it('tell listeners of what happens after the first read only, each change once', async () => {
    const writer = await rig.writer(await rig.config());
    await writer.putConnector('a', {});
    await writer.putRestartRequest({ connector: 'a', includeTasks: false, onlyFailed: false });
    const store = await rig.config();
    const { told, listener } = listening();
    const unsubscribe = store.subscribe(listener);
    store.subscribe({
      connectorConfigChanged: () => {
        throw new Error('a listener of little use');
      },
    });
    await writer.putConnector('a', { v: '2' });
    await writer.putTargetState('a', 'PAUSED');
    await writer.putTargetState('a', 'PAUSED');
    await writer.putRestartRequest({ connector: 'a', includeTasks: true, onlyFailed: true });
    await writer.putSessionKey({ key: Buffer.from('k'), algorithm: 'HmacSHA256', createdAt: 1 });
    await writer.putLoggerLevel('x', 'WARN');
    await writer.removeConnector('a');
    await store.refresh();
    const expected = ['config a', 'target a', 'restart a', 'key HmacSHA256', 'logger x WARN', 'removed a'];
    expect(told).toEqual(expected);
    unsubscribe();
    await writer.putConnector('b', {});
    await store.refresh();
    expect(told).toEqual(expected);
  });

  it("go on from a reference cluster's topic", async () => {
    await rig.config();
    await rig.write('config', referenceRecords('config'));
    const store = await rig.config();
    expect(store.snapshot().connectors()).toEqual(['file-a', 'späte-b', 'stopped-c', 'bad-d']);
    expect(await rig.dump('config')).toEqual(
      referenceRecords('config').map(({ key, value }) => ({ key, value: value ?? undefined })),
    );
    const writer = await rig.writer(store);
    await writer.putTargetState('späte-b', 'STARTED');
    expect(store.snapshot().targetState('späte-b')).toBe('STARTED');
  });

  it('read a large topic in order', async () => {
    const writer = await rig.writer(await rig.config());
    const configs = Array.from({ length: 2000 }, (_, task) => ({ t: String(task), filler: 'x'.repeat(500) }));
    await writer.putConnector('a', {});
    await writer.putTaskConfigs('a', configs);
    const store = await rig.config();
    expect(store.snapshot().taskConfig({ connector: 'a', task: 1999 })).toEqual(configs[1999]);
  });
});
