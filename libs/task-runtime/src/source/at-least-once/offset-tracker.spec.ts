import { describe, expect, it } from 'vitest';
import { OffsetTracker } from './offset-tracker.js';

const A = { file: 'a' };
const B = { file: 'b' };

function submit(tracker: OffsetTracker, ...records: [Record<string, string>, number][]) {
  const batch = tracker.submit(records.length);
  for (const [partition, position] of records) batch.note(partition, { position });
  return batch;
}

describe('OffsetTracker', () => {
  it('gives nothing to commit before Kafka has the records', () => {
    const tracker = new OffsetTracker();
    submit(tracker, [A, 1]);
    expect(tracker.take()).toEqual([]);
    expect(tracker.pending).toBe(1);
  });

  it('gives the last offset of each source partition of an acknowledged batch', () => {
    const tracker = new OffsetTracker();
    tracker.acknowledge(submit(tracker, [A, 1], [A, 2], [B, 7], [A, 3]));
    expect(tracker.take()).toEqual([
      [B, { position: 7 }],
      [A, { position: 3 }],
    ]);
    expect(tracker.take()).toEqual([]);
  });

  it('holds back a batch that was acknowledged before an earlier one', () => {
    const tracker = new OffsetTracker();
    const first = submit(tracker, [A, 1]);
    const second = submit(tracker, [A, 2], [B, 1]);
    tracker.acknowledge(second);
    expect(tracker.take()).toEqual([]);
    tracker.acknowledge(first);
    expect(tracker.take()).toEqual([
      [A, { position: 2 }],
      [B, { position: 1 }],
    ]);
    expect(tracker.pending).toBe(0);
  });

  it('takes equal partitions of different objects for one', () => {
    const tracker = new OffsetTracker();
    tracker.acknowledge(submit(tracker, [{ file: 'a' }, 1], [{ file: 'a' }, 2]));
    tracker.acknowledge(submit(tracker, [{ file: 'a' }, 3]));
    expect(tracker.take()).toEqual([[A, { position: 3 }]]);
  });

  it('keeps newer offsets when a failed commit is put back', () => {
    const tracker = new OffsetTracker();
    tracker.acknowledge(submit(tracker, [A, 1], [B, 1]));
    const taken = tracker.take();
    tracker.acknowledge(submit(tracker, [A, 2]));
    tracker.putBack(taken);
    expect(tracker.take()).toEqual([
      [A, { position: 2 }],
      [B, { position: 1 }],
    ]);
  });

  it('lets a batch without offsets pass', () => {
    const tracker = new OffsetTracker();
    tracker.acknowledge(tracker.submit(0));
    tracker.acknowledge(submit(tracker, [A, 1]));
    expect(tracker.take()).toEqual([[A, { position: 1 }]]);
  });
});
