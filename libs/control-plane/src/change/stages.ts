import { StagedTimeoutError } from '../errors.js';

/** Milliseconds since the epoch. */
export type Now = () => number;

interface Stage {
  readonly description: string;
  readonly began: number;
  completed: number | undefined;
}

/** Remembers what is being done, so that an answer that comes too late can say what it waited for. */
export class Stages {
  #last: Stage | undefined;

  constructor(private readonly now: Now = Date.now) {}

  /** `description` continues `The worker is currently `. */
  async during<T>(description: string, work: () => T | Promise<T>): Promise<T> {
    const stage = this.begin(description);
    try {
      return await work();
    } finally {
      stage.end();
    }
  }

  begin(description: string): { end(): void } {
    const stage: Stage = { description, began: this.now(), completed: undefined };
    this.#last = stage;
    return { end: () => (stage.completed = this.now()) };
  }

  timeout(): StagedTimeoutError {
    return new StagedTimeoutError(timeoutText(this.#last));
  }
}

/** Rejects with what `stages` says when `work` takes longer than `limitMs`; `work` itself is not ended. */
export async function within<T>(limitMs: number, stages: Stages, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(stages.timeout()), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

function timeoutText(stage: Stage | undefined): string {
  if (stage === undefined) return 'Request timed out';
  const began = instant(stage.began);
  return stage.completed === undefined
    ? `Request timed out. The worker is currently ${stage.description}, which began at ${began}.`
    : `Request timed out. The last operation the worker completed was ${stage.description}, which began at ${began} ` +
        `and completed at ${instant(stage.completed)}`;
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
