import type { LogContext } from '@tributary/observability';
import type { MemoryLimit } from './memory-guard.js';
import type { WireError } from './wire-error.js';

/**
 * Messages between a pool (main thread) and one of its threads. `id` names an instance and is never used twice in a
 * pool; `seq` pairs a question with its answer.
 */
export type ToThread =
  | {
      readonly type: 'create';
      readonly id: number;
      readonly key: string;
      readonly payload: unknown;
      readonly logContext: LogContext;
    }
  | {
      readonly type: 'call';
      readonly id: number;
      readonly seq: number;
      readonly method: string;
      readonly argument: unknown;
    }
  | { readonly type: 'destroy'; readonly id: number }
  | ({ readonly type: 'answer'; readonly id: number; readonly seq: number } & Outcome);

export type ToMain =
  | { readonly type: 'ready' }
  | { readonly type: 'setupFailed'; readonly error: WireError }
  | ({ readonly type: 'created'; readonly id: number } & Outcome)
  | ({ readonly type: 'result'; readonly id: number; readonly seq: number } & Outcome)
  | { readonly type: 'event'; readonly id: number; readonly name: string; readonly payload: unknown }
  | {
      readonly type: 'request';
      readonly id: number;
      readonly seq: number;
      readonly name: string;
      readonly payload: unknown;
    }
  | { readonly type: 'destroyed'; readonly id: number; readonly error: WireError | undefined }
  /** the thread ends itself; `culprit` is the instance whose code made it do so, if that is known */
  | { readonly type: 'dying'; readonly culprit: number | undefined; readonly error: WireError };

export type Outcome =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: WireError };

/** What a thread is started with. */
export interface ThreadData {
  /** one counter that the thread raises every `beatMs` milliseconds */
  readonly heartbeat: Int32Array;
  readonly beatMs: number;
  readonly memory: MemoryLimit;
  readonly workerData: unknown;
}
