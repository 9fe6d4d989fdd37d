import type { Logger } from '@tributary/observability';

/** Says once that commits fail, and once that they work again: while Kafka is away every single one fails. */
export class CommitLog {
  private failing = false;

  /** `what`: e.g. `source offsets` */
  constructor(
    private readonly what: string,
    private readonly log: Logger,
  ) {}

  failed(error: unknown): void {
    if (!this.failing) this.log.error({ err: error }, `committing ${this.what} failed; the next commit tries again`);
    this.failing = true;
  }

  worked(): void {
    if (this.failing) this.log.info(`${this.what} are committed again`);
    this.failing = false;
  }
}
