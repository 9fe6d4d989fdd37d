import { existsSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { RetriableError } from '@tributary/connect-api';

const never = () => new Promise(() => {});
const kept = [];

/** What a plugin can do wrong, by name. */
const FAULTS = {
  throw: () => {
    throw new Error('told to throw');
  },
  reject: () => {
    void Promise.reject(new Error('told to reject later'));
  },
  timer: () => {
    setTimeout(() => {
      throw new Error('told to throw from a timer');
    }, 1);
  },
  hang: never,
  block: () => {
    for (;;);
  },
  exit: () => process.exit(7),
  memory: async () => {
    for (;;) {
      kept.push(Array.from({ length: 1000 }, (_, n) => `text ${n} ${kept.length}`));
      await nextTurn();
    }
  },
  retriable: () => {
    throw new RetriableError('told to be tried again');
  },
};

/**
 * Strikes where the properties say: `fault` what happens, `fault.in` in which method, `fault.at` from which number on,
 * `fault.times` how often in the life of one instance (1 unless told), `fault.until` a file that ends it all.
 */
export class Fault {
  #left;

  constructor(props) {
    this.props = props;
    this.#left = Number(props['fault.times'] ?? 1);
  }

  async in(method, number = Infinity) {
    const { fault } = this.props;
    if (fault === undefined || this.props['fault.in'] !== method || number < Number(this.props['fault.at'] ?? 0))
      return;
    const end = this.props['fault.until'];
    if ((end !== undefined && existsSync(end)) || this.#left-- <= 0) return;
    await FAULTS[fault]();
  }
}
