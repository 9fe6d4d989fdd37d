import { OffsetNotes, type OffsetEntry } from '../offset-notes.js';
import { partitionKey } from '../partition-key.js';

/**
 * Knows which source offsets may be committed: those of batches that Kafka has acknowledged and before which no batch
 * is still on its way. A record that waits holds back the commits of all after it, so that none can be skipped.
 */
export class OffsetTracker {
  private readonly submitted: OffsetNotes[] = [];
  /** those of `submitted` that Kafka has */
  private readonly acknowledged = new Set<OffsetNotes>();
  private committable = new Map<string, OffsetEntry>();

  submit(size: number): OffsetNotes {
    const batch = new OffsetNotes(size);
    this.submitted.push(batch);
    return batch;
  }

  acknowledge(batch: OffsetNotes): void {
    this.acknowledged.add(batch);
    let done = 0;
    for (const head of this.submitted) {
      if (!this.acknowledged.delete(head)) break;
      done++;
      for (const entry of head.entries()) this.committable.set(partitionKey(entry[0]), entry);
    }
    if (done > 0) this.submitted.splice(0, done);
  }

  /** number of records that are not acknowledged in order yet */
  get pending(): number {
    return this.submitted.reduce((sum, batch) => sum + batch.size, 0);
  }

  /** What is to be written now. Give it back with {@link putBack} where writing failed. */
  take(): readonly OffsetEntry[] {
    const entries = [...this.committable.values()];
    this.committable = new Map();
    return entries;
  }

  /** Returns what {@link take} gave; newer offsets win. */
  putBack(entries: readonly OffsetEntry[]): void {
    const newer = this.committable;
    this.committable = new Map(entries.map((entry) => [partitionKey(entry[0]), entry]));
    for (const [key, entry] of newer) this.committable.set(key, entry);
  }
}
