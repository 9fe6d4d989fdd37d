import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { referenceRecords } from '../../test/reference-records.js';
import { StorageRig } from '../../test/storage-rig.js';
import { outgoingOffset } from './offset-records.js';

let rig: StorageRig;
beforeEach(() => {
  rig = new StorageRig();
});
afterEach(() => rig.dispose());

describe('KafkaOffsetStore', () => {
  it('reads what another process has just written, without being told', async () => {
    const [writer, reader] = await Promise.all([rig.offsets(), rig.offsets()]);
    await writer.put('c', [
      [{ file: 'a' }, { position: 9007199254740993n }],
      [{ file: 'b' }, { position: 2, done: false }],
    ]);
    expect(await reader.get('c', [{ file: 'b' }, { file: 'x' }, { file: 'a' }])).toEqual([
      { position: 2, done: false },
      null,
      { position: 9007199254740993n },
    ]);
    expect(await reader.get('d', [{ file: 'a' }])).toEqual([null]);
  });

  it('forgets partitions that are reset', async () => {
    const store = await rig.offsets();
    await store.put('c', [
      [{ file: 'a' }, { position: 1 }],
      [{ file: 'b' }, { position: 2 }],
    ]);
    await store.put(
      'c',
      (await store.list('c')).filter(([{ file }]) => file === 'a').map(([partition]) => [partition, null] as const),
    );
    expect(await store.list('c')).toEqual([[{ file: 'b' }, { position: 2 }]]);
    expect(await (await rig.offsets()).list('c')).toEqual([[{ file: 'b' }, { position: 2 }]]);
  });

  it("resets partitions under the keys of another program's making", async () => {
    const store = await rig.offsets();
    await rig.write('offset', [{ key: '["c", {"d": 1.0}]', value: '{"p":1}' }]);
    const listed = await store.list('c');
    expect(listed).toEqual([[{ d: 1 }, { p: 1 }]]);
    await store.put('c', [[listed[0]?.[0] ?? {}, null]]);
    expect(await store.list('c')).toEqual([]);
  });

  it("goes on from a reference cluster's offsets", async () => {
    await rig.offsets();
    await rig.write('offset', referenceRecords('offset'));
    const store = await rig.offsets();
    expect(await store.get('file-a', [{ filename: 'in.txt' }])).toEqual([{ position: 14 }]);
    await store.put('file-a', [[{ filename: 'in.txt' }, { position: 20 }]]);
    expect(await store.list('file-a')).toEqual([[{ filename: 'in.txt' }, { position: 20 }]]);
  });

  it('sees offsets of a transaction once that is committed', async () => {
    const store = await rig.offsets();
    const task = rig.clients.transactionalProducer({
      ...rig.properties,
      'transactional.id': `${rig.properties['group.id']}-c-0`,
    });
    await task.open();
    await task.transact([outgoingOffset(rig.topics.offset.name, 'c', { file: 'a' }, { position: 5 })]);
    await task.close();
    await expect.poll(() => store.list('c')).toEqual([[{ file: 'a' }, { position: 5 }]]);
  });
});
