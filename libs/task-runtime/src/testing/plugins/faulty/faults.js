import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { RetriableError } from '@tributary/connect-api';

/**
 * Goes wrong once it is told to: `fault` says how, `fault.at` at which record number, `fault.once` names a file that
 * remembers that it has happened, `fault.until` a file that ends a wait.
 */
export class Fault {
  #kind;
  #at;
  #left;
  #until;

  constructor(props) {
    this.#kind = props.fault;
    this.#at = Number(props['fault.at'] ?? 0);
    this.#left = Number(props['fault.times'] ?? 1);
    this.#until = props['fault.until'];
  }

  /** @param {number} reached number of the record that comes next */
  async strike(reached) {
    if (this.#kind === undefined || reached < this.#at || this.#left <= 0) return;
    this.#left--;
    switch (this.#kind) {
      case 'throw':
        throw new Error(`fault at ${reached}`);
      case 'retriable':
        throw new RetriableError(`not now, at ${reached}`);
      case 'hang':
        await new Promise(() => {});
        break;
      case 'wait':
        while (!existsSync(this.#until)) await delay(20);
        break;
      case 'busy':
        for (;;);
      case 'exit':
        process.exit(7);
        break;
      case 'timer':
        setTimeout(() => {
          throw new Error('fault in a timer');
        }, 0);
        await new Promise(() => {});
        break;
      default:
        throw new Error(`no such fault: ${this.#kind}`);
    }
  }
}
