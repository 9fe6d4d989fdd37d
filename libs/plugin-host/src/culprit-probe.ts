import { Session } from 'node:inspector';
import { RUNNING_INSTANCE } from './instance-context.js';

/** What a blocked thread was doing. */
export interface Finding {
  /** whose code ran; undefined: no instance's */
  readonly instance: number | undefined;
  /** `\n    at function (file:line:column)` per frame, innermost first */
  readonly frames: string;
}

interface WorkerMessage {
  readonly id?: number;
  readonly method?: string;
  readonly result?: { readonly result?: { readonly value?: { readonly instance?: number; readonly stack?: string } } };
}

/** Evaluated in the paused thread, on top of the stack that blocks it. */
const QUESTION = `({
  instance: globalThis[Symbol.for(${JSON.stringify(RUNNING_INSTANCE)})]?.(),
  stack: new Error().stack
})`;

let last: Promise<unknown> = Promise.resolve();

/**
 * Interrupts a thread that does not answer and finds out which code it runs, by the debugger that Node carries: nothing
 * is recorded while threads are well, so it costs nothing until it is needed. The thread must be terminated afterwards.
 * undefined: the thread could not be interrupted within `limitMs` (it is stuck in native code), or not asked.
 */
export function probe(threadId: number, limitMs = 1000): Promise<Finding | undefined> {
  const finding = last.then(() => probeNow(threadId, limitMs)).catch(() => undefined);
  last = finding;
  return finding;
}

async function probeNow(threadId: number, limitMs: number): Promise<Finding | undefined> {
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
        interrupt(session, sessionId, resolve, reject);
      });
      session.post('NodeWorker.enable', { waitForDebuggerOnStart: false }, (error) => error && reject(error));
    });
  } finally {
    clearTimeout(timer);
    // Lets the thread run again, be it now or when its native code returns: a paused one cannot be terminated.
    if (sessionId !== undefined) session.post('NodeWorker.detach', { sessionId });
    session.post('NodeWorker.disable', () => session.disconnect());
  }
}

function interrupt(
  session: Session,
  sessionId: string,
  resolve: (finding: Finding) => void,
  reject: (error: Error) => void,
): void {
  let lastId = 0;
  let question: number | undefined;
  const ask = (method: string, params?: object): number => {
    const id = ++lastId;
    const message = JSON.stringify({ id, method, params });
    session.post('NodeWorker.sendMessageToWorker', { sessionId, message }, (error) => error && reject(error));
    return id;
  };
  session.on('NodeWorker.receivedMessageFromWorker', ({ params }) => {
    if (params.sessionId !== sessionId) return;
    const message = JSON.parse(params.message) as WorkerMessage;
    if (message.method === 'Debugger.paused' && question === undefined) {
      question = ask('Runtime.evaluate', { expression: QUESTION, returnByValue: true });
    } else if (question !== undefined && message.id === question) {
      const found = message.result?.result?.value;
      resolve({ instance: found?.instance, frames: framesOf(found?.stack ?? '') });
    }
  });
  ask('Debugger.enable');
  ask('Debugger.pause');
}

/** Without the first line and the frame of the question itself. */
function framesOf(stack: string): string {
  const frames = stack.split('\n').slice(1);
  return frames
    .filter((frame) => !frame.includes('<anonymous>:'))
    .map((frame) => `\n${frame}`)
    .join('');
}
