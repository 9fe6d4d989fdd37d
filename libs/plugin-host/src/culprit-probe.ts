import { Session } from 'node:inspector';
import { RUNNING_INSTANCE } from './instance-context.js';

/** What a blocked thread was doing. */
export interface Finding {
  /** whose code ran; undefined: no instance's */
  readonly instance: number | undefined;
  /** `\n    at function (file:line:column)` per frame, innermost first */
  readonly frames: string;
}

interface Frame {
  readonly functionName: string;
  readonly url: string;
  readonly location: { readonly lineNumber: number; readonly columnNumber?: number };
}

interface WorkerMessage {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly callFrames?: readonly Frame[] };
  readonly result?: { readonly result?: { readonly value?: unknown } };
}

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
  try {
    return await new Promise<Finding | undefined>((resolve, reject) => {
      timer = setTimeout(() => resolve(undefined), limitMs);
      interrupt(session, threadId, resolve, reject);
    });
  } finally {
    clearTimeout(timer);
    session.disconnect();
  }
}

function interrupt(
  session: Session,
  threadId: number,
  resolve: (finding: Finding) => void,
  reject: (error: Error) => void,
): void {
  let sessionId: string | undefined;
  let frames = '';
  let lastId = 0;
  const failed = (error: Error | null): void => {
    if (error) reject(error);
  };
  const ask = (method: string, params?: object): number => {
    const id = ++lastId;
    const message = JSON.stringify({ id, method, params });
    session.post('NodeWorker.sendMessageToWorker', { sessionId: sessionId ?? '', message }, failed);
    return id;
  };

  session.on('NodeWorker.attachedToWorker', ({ params }) => {
    if (!params.workerInfo.title.startsWith(`[worker ${threadId}]`)) return;
    sessionId = params.sessionId;
    ask('Debugger.enable');
    ask('Debugger.pause');
  });

  let question: number | undefined;
  session.on('NodeWorker.receivedMessageFromWorker', ({ params }) => {
    if (params.sessionId !== sessionId) return;
    const message = JSON.parse(params.message) as WorkerMessage;
    if (message.method === 'Debugger.paused' && question === undefined) {
      frames = (message.params?.callFrames ?? []).map(frameText).join('');
      const expression = `globalThis[Symbol.for(${JSON.stringify(RUNNING_INSTANCE)})]?.()`;
      question = ask('Runtime.evaluate', { expression, returnByValue: true });
    } else if (question !== undefined && message.id === question) {
      const value = message.result?.result?.value;
      resolve({ instance: typeof value === 'number' ? value : undefined, frames });
    }
  });
  session.post('NodeWorker.enable', { waitForDebuggerOnStart: false }, failed);
}

function frameText({ functionName, url, location }: Frame): string {
  const place = `${url}:${location.lineNumber + 1}:${(location.columnNumber ?? 0) + 1}`;
  return functionName === '' ? `\n    at ${place}` : `\n    at ${functionName} (${place})`;
}
