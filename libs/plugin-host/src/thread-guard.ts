import { ConnectError } from '@tributary/connect-api';

const realExit = process.exit.bind(process);
const realKill = process.kill.bind(process);

/**
 * Makes sure that a thread which plugin code ends, by an error that nobody caught or by a call that would end the
 * process, says who did it before it goes. `report` must not throw; it runs in the culprit's asynchronous context.
 * Returns the function that ends the thread for another reason.
 */
export function guardThread(report: (error: Error) => void): (error: Error) => never {
  let ending = false;
  const die = (error: Error): never => {
    if (!ending) {
      ending = true;
      report(error);
    }
    return realExit(1);
  };
  process.on('uncaughtException', (error) => die(uncaught('exception', error)));
  process.on('unhandledRejection', (reason) => die(uncaught('promise rejection', reason)));
  process.exit = (code) => die(new ConnectError(`plugin called process.exit(${code ?? ''})`));
  process.kill = (pid, signal) => {
    const meansUs = pid === process.pid || pid === 0 || pid === -1 || pid === -process.pid;
    if (meansUs && signal !== 0) die(new ConnectError(`plugin called process.kill(${pid}, ${String(signal)})`));
    return realKill(pid, signal);
  };
  return die;
}

function uncaught(kind: string, cause: unknown): Error {
  const text = cause instanceof Error ? cause.message : String(cause);
  return new ConnectError(`plugin left an ${kind} uncaught: ${text}`.replace('an promise', 'a promise'), { cause });
}
