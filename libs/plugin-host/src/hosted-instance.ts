import { ConnectError, IllegalStateError } from '@tributary/connect-api';
import { loggerFor, type LogContext } from '@tributary/observability';
import type { Hosted, HostedOwner } from './api.js';
import { deferred, settlesWithin, type Deferred } from './deferred.js';
import type { HostThread } from './host-thread.js';
import type { Outcome, ToMain } from './protocol.js';
import { decodeError, encodeError } from './wire-error.js';

const log = loggerFor('plugin-host');

type InstanceMessage = Extract<ToMain, { id: number }>;

/**
 * Main side of one instance. CREATING until its thread has made it, LIVE while it can be called, ENDING from `destroy`
 * until its clean-up is done or given up, then OVER: whatever its thread still sends is dropped.
 */
export class HostedInstance implements Hosted {
  readonly #calls = new Map<number, Deferred<unknown>>();
  readonly #created = deferred<'created' | 'lost'>();
  readonly #over = deferred<void>();
  #state: 'creating' | 'live' | 'ending' | 'over' = 'creating';
  #sent = false;
  #lastSeq = 0;
  #end: Promise<void> | undefined;

  constructor(
    readonly id: number,
    readonly key: string,
    private readonly owner: HostedOwner,
    readonly thread: HostThread,
  ) {
    this.#created.promise.catch(() => undefined);
  }

  /** 'lost' if the thread went down meanwhile by a neighbour's fault; rejects if this instance cannot be made. */
  async create(payload: unknown, logContext: LogContext): Promise<'created' | 'lost'> {
    await this.thread.ready.catch(() => undefined);
    if (this.#state === 'creating') {
      try {
        this.thread.post({ type: 'create', id: this.id, key: this.key, payload, logContext });
        this.#sent = true;
      } catch (cause) {
        this.#finish();
        void this.thread.release(this, true);
        throw new IllegalStateError(`the payload of ${this.key} cannot be passed to a thread`, { cause });
      }
    }
    return this.#created.promise;
  }

  async call<T>(method: string, argument?: unknown): Promise<T> {
    if (this.#state !== 'live') throw this.#isGone();
    const seq = ++this.#lastSeq;
    try {
      this.thread.post({ type: 'call', id: this.id, seq, method, argument });
    } catch (cause) {
      throw new IllegalStateError(`the argument of ${method} cannot be passed to a thread`, { cause });
    }
    const call = deferred<unknown>();
    this.#calls.set(seq, call);
    return (await call.promise) as T;
  }

  destroy(timeoutMs: number): Promise<void> {
    this.#end ??= this.#destroy(timeoutMs);
    return this.#end;
  }

  receive(message: InstanceMessage): void {
    if (this.#state === 'over') return;
    if (message.type === 'result') this.#settle(message.seq, message);
    else if (message.type === 'event') this.#hear(message.name, message.payload);
    else if (message.type === 'request') void this.#answer(message);
    else if (message.type === 'created') this.#wasCreated(message);
    else if (message.type === 'destroyed') {
      if (message.error) log.warn({ key: this.key, err: decodeError(message.error) }, 'clean-up threw');
      this.#over.resolve();
    }
  }

  /** The thread is dead. `error`: by this instance's fault; undefined: not. */
  lost(error: Error | undefined): void {
    if (this.#state === 'live') this.#tell(error);
    this.drop(error);
  }

  /** Like {@link lost}, but the owner is not told. */
  drop(error?: Error): void {
    if (error) this.#created.reject(error);
    else this.#created.resolve('lost');
    this.#finish(error);
  }

  async #destroy(timeoutMs: number): Promise<void> {
    if (this.#state === 'over') return;
    this.#state = 'ending';
    this.#created.reject(this.#isGone());
    let answered = true;
    if (this.#sent) {
      this.thread.post({ type: 'destroy', id: this.id });
      answered = await settlesWithin(this.#over.promise, timeoutMs);
    }
    this.#finish();
    await this.thread.release(this, answered);
  }

  #wasCreated(outcome: Outcome): void {
    if (this.#state !== 'creating') return;
    if (outcome.ok) {
      this.#state = 'live';
      this.#created.resolve('created');
    } else {
      this.#created.reject(decodeError(outcome.error));
      this.#finish();
      void this.thread.release(this, true);
    }
  }

  #finish(error?: Error): void {
    this.#state = 'over';
    this.#over.resolve();
    for (const call of this.#calls.values()) call.reject(error ?? this.#isGone());
    this.#calls.clear();
  }

  #settle(seq: number, outcome: Outcome): void {
    const call = this.#calls.get(seq);
    this.#calls.delete(seq);
    if (outcome.ok) call?.resolve(outcome.value);
    else call?.reject(decodeError(outcome.error));
  }

  #hear(name: string, payload: unknown): void {
    try {
      this.owner.event(name, payload);
    } catch (err) {
      log.error({ key: this.key, event: name, err }, 'the owner of a hosted instance threw while hearing an event');
    }
  }

  #tell(error: Error | undefined): void {
    try {
      this.owner.gone(error);
    } catch (err) {
      log.error({ key: this.key, err }, 'the owner of a hosted instance threw while hearing that it is gone');
    }
  }

  async #answer({ seq, name, payload }: { seq: number; name: string; payload: unknown }): Promise<void> {
    const { id, thread } = this;
    try {
      const value = await this.owner.request(name, payload);
      if (this.#state !== 'over') thread.post({ type: 'answer', id, seq, ok: true, value });
    } catch (error) {
      if (this.#state !== 'over') thread.post({ type: 'answer', id, seq, ok: false, error: encodeError(error) });
    }
  }

  #isGone(): Error {
    return new ConnectError(`${this.key} is not hosted any more`);
  }
}
