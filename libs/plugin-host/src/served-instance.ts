import { IllegalStateError } from '@tributary/connect-api';
import { Secrets, type LogContext } from '@tributary/observability';
import type { Instance, InstanceChannel, InstanceFactory } from './api.js';
import { inInstance } from './instance-context.js';
import type { Outcome, ToMain } from './protocol.js';
import { decodeError, encodeError, type WireError } from './wire-error.js';

interface Question {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Thread side of one instance: runs its methods in its own context and cuts its channel once it is over. */
export class ServedInstance implements InstanceChannel {
  readonly secrets = new Secrets();
  readonly #abort = new AbortController();
  readonly #questions = new Map<number, Question>();
  #lastSeq = 0;
  #over = false;
  #instance: Promise<Instance> | undefined;

  constructor(
    readonly id: number,
    readonly key: string,
    private readonly logContext: LogContext,
    private readonly send: (message: ToMain) => void,
  ) {}

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  async create(factory: InstanceFactory, payload: unknown): Promise<void> {
    this.#instance = this.#inside(async () => factory.create(payload, this));
    await this.#instance;
  }

  async call(method: string, argument: unknown): Promise<unknown> {
    const instance = await this.#created();
    const member: unknown = Reflect.get(instance, method);
    if (typeof member !== 'function')
      throw new IllegalStateError(`hosted instance ${this.key} has no method ${method}`);
    return this.#inside(async (): Promise<unknown> => Reflect.apply(member, instance, [argument]));
  }

  /** Aborts the signal, lets the instance clean up, then silences it. Rejects with what the clean-up threw. */
  async destroy(): Promise<void> {
    try {
      this.#inside(() => this.#abort.abort());
      const instance = await this.#created().catch(() => undefined);
      if (instance) await this.#inside(async () => instance.destroy());
    } finally {
      this.#over = true;
      for (const question of this.#questions.values()) question.reject(this.#gone());
      this.#questions.clear();
    }
  }

  emit(name: string, payload?: unknown): void {
    if (!this.#over) this.send({ type: 'event', id: this.id, name, payload });
  }

  async request<T>(name: string, payload?: unknown): Promise<T> {
    if (this.#over) throw this.#gone();
    const seq = ++this.#lastSeq;
    this.send({ type: 'request', id: this.id, seq, name, payload });
    const answer = await new Promise<unknown>((resolve, reject) => this.#questions.set(seq, { resolve, reject }));
    return answer as T;
  }

  answer(seq: number, outcome: Outcome): void {
    const question = this.#questions.get(seq);
    this.#questions.delete(seq);
    if (outcome.ok) question?.resolve(outcome.value);
    else question?.reject(decodeError(outcome.error));
  }

  /** For what it threw: the error as the main thread may see it. */
  encodeError(thrown: unknown): WireError {
    return this.#inside(() => encodeError(thrown));
  }

  #inside<T>(work: () => T): T {
    return inInstance(this.id, this.logContext, this.secrets, work);
  }

  async #created(): Promise<Instance> {
    if (!this.#instance) throw this.#gone();
    return this.#instance;
  }

  #gone(): Error {
    return new IllegalStateError(`hosted instance ${this.key} is gone`);
  }
}
