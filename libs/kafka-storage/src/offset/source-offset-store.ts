import type { SourceOffset, SourcePartition } from '@tributary/connect-api';
import { loggerFor } from '@tributary/observability';
import type { OffsetStore } from '../api.js';
import { offsetKey } from './offset-records.js';

const log = loggerFor('storage.offsets');

type Changes = readonly (readonly [SourcePartition, SourceOffset | null])[];

/**
 * The offsets of a connector that has a topic of its own for them. What the worker's topic knows from the time before
 * counts for partitions of which the own topic says nothing, and what is written to the own topic is noted in the
 * worker's too, so that the connector may go back.
 *
 * A partition is forgotten in the worker's topic first: were it forgotten in the own one alone, the old offset would count
 * again.
 */
export class SourceOffsetStore {
  constructor(
    private readonly own: OffsetStore,
    private readonly worker: Pick<OffsetStore, 'get' | 'put'>,
  ) {}

  async get(connector: string, partitions: readonly SourcePartition[]): Promise<(SourceOffset | null)[]> {
    const [own, worker] = await Promise.all([
      this.own.get(connector, partitions),
      this.worker.get(connector, partitions),
    ]);
    return partitions.map((_, index) => own[index] ?? worker[index] ?? null);
  }

  put(connector: string, offsets: Changes): Promise<void> {
    return this.putBy(connector, offsets, () => this.own.put(connector, offsets));
  }

  /** As `put`, where `write` brings the offsets to the own topic. */
  async putBy(connector: string, offsets: Changes, write: () => Promise<void>): Promise<void> {
    const forgotten = offsets.filter(([, offset]) => offset === null);
    if (forgotten.length > 0) await this.worker.put(connector, forgotten);
    await write();
    const kept = offsets.filter(([, offset]) => offset !== null);
    if (kept.length === 0) return;
    this.worker.put(connector, kept).catch((error: unknown) => {
      log.warn({ err: error, connector }, "offsets could not be noted in the worker's topic as well");
    });
  }
}

/** All offsets of a connector that has a topic of its own for them; see {@link SourceOffsetStore}. */
export async function listSourceOffsets(
  connector: string,
  own: Pick<OffsetStore, 'list'>,
  worker: Pick<OffsetStore, 'list'>,
): Promise<[SourcePartition, SourceOffset][]> {
  const [first, second] = await Promise.all([own.list(connector), worker.list(connector)]);
  const known = new Set(first.map(([partition]) => offsetKey(connector, partition)));
  return [...first, ...second.filter(([partition]) => !known.has(offsetKey(connector, partition)))];
}
