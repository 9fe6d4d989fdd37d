import { randomUUID } from 'node:crypto';
import { until } from '@tributary/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StorageRig } from '../../test/storage-rig.js';
import type { KafkaOffsetStore } from './kafka-offset-store.js';
import { openOwnOffsetStore } from './own-offset-store.js';
import { listSourceOffsets, SourceOffsetStore } from './source-offset-store.js';

const [A, B] = [{ file: 'a' }, { file: 'b' }];

describe('SourceOffsetStore', () => {
  let rig: StorageRig;
  let worker: KafkaOffsetStore;
  let own: KafkaOffsetStore;
  let store: SourceOffsetStore;

  beforeEach(async () => {
    rig = new StorageRig();
    worker = await rig.offsets();
    const { clients, properties } = rig;
    own = await openOwnOffsetStore({
      clients,
      topic: `storage-own-${randomUUID()}`,
      clientProperties: { admin: properties, consumer: properties, producer: properties },
      workerProperties: properties,
    });
    store = new SourceOffsetStore(own, worker);
  });
  afterEach(async () => {
    await own.stop();
    await rig.dispose();
  });

  it("goes by the worker's topic where the own one says nothing", async () => {
    await worker.put('c', [
      [A, { position: 1 }],
      [B, { position: 2 }],
    ]);
    await own.put('c', [[A, { position: 10 }]]);
    expect(await store.get('c', [A, B, { file: 'x' }])).toEqual([{ position: 10 }, { position: 2 }, null]);
    expect(await listSourceOffsets('c', own, worker)).toEqual([
      [A, { position: 10 }],
      [B, { position: 2 }],
    ]);
  });

  it("notes in the worker's topic what it writes to the own one", async () => {
    await store.put('c', [[A, { position: 10 }]]);
    expect(await own.list('c')).toEqual([[A, { position: 10 }]]);
    await until('the note', async () => (await worker.list('c')).length === 1, 20_000);
    expect(await worker.list('c')).toEqual([[A, { position: 10 }]]);
  });

  it('forgets in both, so that no old offset comes back', async () => {
    await worker.put('c', [[A, { position: 1 }]]);
    await own.put('c', [[A, { position: 10 }]]);
    await store.put('c', [[A, null]]);
    expect(await store.get('c', [A])).toEqual([null]);
    expect(await listSourceOffsets('c', own, worker)).toEqual([]);
  });

  it("leaves the worker's topic alone where the own one could not be written", async () => {
    const refuse = () => Promise.reject(new Error('no'));
    await expect(store.putBy('c', [[A, { position: 10 }]], refuse)).rejects.toThrow('no');
    expect(await worker.list('c')).toEqual([]);
  });
});
