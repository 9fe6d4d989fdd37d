import type { RecordMetadata, SourceRecord, SourceTask } from '@tributary/connect-api';
import type { Logger } from '@tributary/observability';
import type { SourceBatch } from './source-batch.js';

const NONE: ReadonlyMap<number, Error> = new Map();

/** Tells a task of each record that is safe, if it has a `commitRecord` to hear it with. */
export class RecordConfirmations {
  constructor(
    private readonly task: SourceTask,
    private readonly log: Logger,
  ) {}

  /** False: nobody listens, so that source records and metadata need not be kept. */
  get wanted(): boolean {
    return this.task.commitRecord !== undefined;
  }

  /** `failed`: by index, records that were refused and are left out for good. */
  async confirm(
    batch: Pick<SourceBatch, 'sources' | 'leftOut'>,
    metadata: readonly (RecordMetadata | undefined)[] | undefined,
    failed = NONE,
  ): Promise<void> {
    if (!this.wanted) return;
    for (const source of batch.leftOut ?? []) await this.tell(source, null);
    for (const [index, source] of (batch.sources ?? []).entries()) {
      const told = this.tell(source, failed.has(index) ? null : (metadata?.[index] ?? null));
      if (told !== undefined) await told;
    }
  }

  private tell(source: SourceRecord, metadata: RecordMetadata | null): Promise<void> | undefined {
    const complain = (error: unknown): void => {
      this.log.error({ err: error }, "the task's commitRecord() failed");
    };
    try {
      const result = this.task.commitRecord?.(source, metadata);
      return result instanceof Promise ? result.catch(complain) : undefined;
    } catch (error) {
      complain(error);
      return undefined;
    }
  }
}
