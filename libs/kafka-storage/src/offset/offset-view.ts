import type { SourceOffset, SourcePartition } from '@tributary/connect-api';
import { offsetKey, type OffsetRecord } from './offset-records.js';

interface KnownOffset {
  readonly partition: SourcePartition;
  readonly offset: SourceOffset;
}

/** Folds offset records: by connector, then by the text of the record's key. */
export class OffsetView {
  private readonly byConnector = new Map<string, Map<string, KnownOffset>>();
  /** keys of the partitions that `list` has given out: text that parsing and writing again might change, `1.0` for one */
  private readonly keys = new WeakMap<SourcePartition, { readonly connector: string; readonly key: string }>();

  apply(key: string, { connector, partition, offset }: OffsetRecord): void {
    const known = this.byConnector.get(connector) ?? new Map<string, KnownOffset>();
    if (offset === null) known.delete(key);
    else {
      // The first object stays, so that a partition from an earlier list keeps its key.
      const first = known.get(key)?.partition ?? partition;
      this.keys.set(first, { connector, key });
      known.set(key, { partition: first, offset });
    }
    if (known.size === 0) this.byConnector.delete(connector);
    else this.byConnector.set(connector, known);
  }

  /** The key under which a partition is stored. */
  keyOf(connector: string, partition: SourcePartition): string {
    const listed = this.keys.get(partition);
    return listed?.connector === connector ? listed.key : offsetKey(connector, partition);
  }

  get(connector: string, partition: SourcePartition): SourceOffset | null {
    return this.byConnector.get(connector)?.get(this.keyOf(connector, partition))?.offset ?? null;
  }

  list(connector: string): [SourcePartition, SourceOffset][] {
    return [...(this.byConnector.get(connector)?.values() ?? [])].map(({ partition, offset }) => [partition, offset]);
  }
}
