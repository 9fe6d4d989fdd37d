import { Session } from 'node:inspector';
import type { Worker } from 'node:worker_threads';
import { ProbeGate } from './probe-gate.js';
import { SELF_REPORT, type SelfReport } from './self-report.js';

/** What a thread that does not answer is doing. */
export interface Finding {
  /** whose code runs; undefined: no instance's */
  readonly instance: number | undefined;
  /** `\n    at function (file:line:column)` per frame, innermost first */
  readonly frames: string;
  /** what its heap holds after a full collection; undefined if not measured */
  readonly heapBytes: number | undefined;
}

interface WorkerMessage {
  readonly id?: number;
  readonly method?: string;
  readonly result?: {
    readonly result?: { readonly value?: Partial<SelfReport> & { readonly stack?: string } };
  };
}

/** Evaluated in the paused thread, on top of the stack that blocks it. */
const question = (measure: boolean): string => `({
  ...globalThis[Symbol.for(${JSON.stringify(SELF_REPORT)})]?.(${String(measure)}),
  stack: new Error().stack
})`;

/** Of all threads of the process, in whatever pools they are: the debugger sees them all. */
export const probeGate = new ProbeGate();

/**
 * Interrupts a thread that does not answer, finds out which code it runs, and lets it go on, by the debugger that Node
 * carries: nothing is recorded while threads are well, so it costs nothing until it is needed. `measure`: how full its
 * heap is, too. undefined: the thread could not be interrupted within `limitMs`, e.g. because native code runs, or has
 * ended. One thread is probed at a time; `wanted` is asked when it is this one's turn.
 */
export function probe(
  worker: Worker,
  measure: boolean,
  limitMs: number,
  wanted: () => boolean,
): Promise<Finding | undefined> {
  const turn = async (): Promise<Finding | undefined> =>
    wanted() ? probeNow(worker.threadId, measure, limitMs) : undefined;
  return probeGate.probe(() => turn().catch(() => undefined));
}

async function probeNow(threadId: number, measure: boolean, limitMs: number): Promise<Finding | undefined> {
  const session = new Session();
  session.connect();
  let timer: NodeJS.Timeout | undefined;
  let sessionId: string | undefined;
  try {
    return await new Promise<Finding | undefined>((resolve, reject) => {
      timer = setTimeout(() => resolve(undefined), limitMs);
      session.on('NodeWorker.attachedToWorker', ({ params }) => {
        if (!params.workerInfo.title.startsWith(`[worker ${threadId}]`)) return;
        sessionId = params.sessionId;
        interrupt(session, sessionId, measure).then(resolve, reject);
      });
      session.post('NodeWorker.enable', { waitForDebuggerOnStart: false }, (error) => error && reject(error));
    });
  } finally {
    clearTimeout(timer);
    // Lets the thread run again, be it now or when its native code returns: a paused one cannot even be terminated.
    if (sessionId !== undefined) session.post('NodeWorker.detach', { sessionId });
    session.post('NodeWorker.disable', () => session.disconnect());
  }
}

async function interrupt(session: Session, sessionId: string, measure: boolean): Promise<Finding> {
  const answers = new Map<number, (message: WorkerMessage) => void>();
  let onPaused = (): void => undefined;
  const paused = new Promise<void>((resolve) => (onPaused = resolve));
  session.on('NodeWorker.receivedMessageFromWorker', ({ params }) => {
    if (params.sessionId !== sessionId) return;
    const message = JSON.parse(params.message) as WorkerMessage;
    if (message.method === 'Debugger.paused') onPaused();
    else if (message.id !== undefined) answers.get(message.id)?.(message);
  });
  let lastId = 0;
  const ask = (method: string, params?: object): Promise<WorkerMessage> =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      answers.set(id, resolve);
      const message = JSON.stringify({ id, method, params });
      session.post('NodeWorker.sendMessageToWorker', { sessionId, message }, (error) => error && reject(error));
    });

  await ask('Debugger.enable');
  await Promise.all([ask('Debugger.pause'), paused]);
  const { result } = await ask('Runtime.evaluate', { expression: question(measure), returnByValue: true });
  const { instance, heapBytes, stack = '' } = result?.result?.value ?? {};
  return { instance, heapBytes, frames: framesOf(stack) };
}

/** Without the first line and the frame of the question itself. */
function framesOf(stack: string): string {
  const frames = stack.split('\n').slice(1);
  return frames
    .filter((frame) => !frame.includes('<anonymous>:'))
    .map((frame) => `\n${frame}`)
    .join('');
}
