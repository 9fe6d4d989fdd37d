// A host thread whose instances misbehave on request.
import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataError } from '@tributary/connect-api';
import { currentLogContext } from '@tributary/observability';
import { serveInstances } from '@tributary/plugin-host';

const never = () => new Promise(() => {});

function spin() {
  for (;;);
}

class Faulty {
  constructor(payload, channel, workerData) {
    Object.assign(this, { payload, channel, workerData });
    channel.secrets.add(() => payload?.secrets ?? []);
    if (payload?.refuse) throw new Error(payload.refuse);
  }

  echo(value) {
    return { value, payload: this.payload, workerData: this.workerData, pid: process.pid };
  }
  logContext() {
    return sleep(1).then(() => currentLogContext());
  }
  async fail(message) {
    throw new DataError(message, { cause: new TypeError('inner', { cause: 'a string' }) });
  }
  failWithText(text) {
    throw text;
  }
  unclonable() {
    return () => {};
  }
  ask(question) {
    return this.channel.request('ask', question);
  }
  tell(what) {
    this.channel.emit('told', what);
  }
  hang() {
    return never();
  }
  exit(code) {
    setTimeout(() => process.exit(code), 1);
    return never();
  }
  kill() {
    process.kill(process.pid, 'SIGKILL');
  }
  async throwLater(what) {
    setTimeout(() => {
      throw new Error(`from a timer${typeof what === 'string' ? what : ''}`);
    }, 1);
    return never();
  }
  async rejectLater() {
    void sleep(1).then(() => {
      throw new DataError('nobody waits');
    });
    return never();
  }
  throwInMicrotask() {
    setTimeout(
      () =>
        queueMicrotask(() => {
          throw new Error('from a microtask');
        }),
      1,
    );
    return never();
  }
  emitError() {
    setTimeout(() => new EventEmitter().emit('error', new Error('from an emitter')), 1);
    return never();
  }
  async block() {
    await sleep(1);
    this.channel.emit('blocking');
    spin();
  }
  async blockInRegExp() {
    await sleep(1);
    return /^(a+)+$/.test(`${'a'.repeat(60)}b`);
  }
  async busyFor(ms) {
    await sleep(1);
    for (const end = performance.now() + ms; performance.now() < end;);
    return 'done';
  }
  async eatMemory() {
    await sleep(1);
    const eaten = [];
    for (;;) eaten.push(Array.from({ length: 1000 }, String));
  }
  /** Keeps so many MiB of the heap. */
  fillMemory(mb) {
    this.kept = [];
    this.kept.length = mb * 2 ** 17;
    this.kept.fill(0.5);
    return never();
  }
  /** Is busy at once, and makes the process grow, but not the heap. */
  fillBuffers(ms) {
    const buffers = [];
    for (const end = performance.now() + ms; performance.now() < end;) {
      if (performance.now() > end - ms + 50 * buffers.length) buffers.push(Buffer.alloc(4 * 2 ** 20, 1));
    }
    return buffers.length;
  }
  leakIntoMap() {
    const leaked = new Map();
    setInterval(() => {
      for (let i = 0; i < 20_000; i++) leaked.set(leaked.size, { i });
    }, 1);
    return never();
  }
  makeGarbage() {
    let last;
    for (let i = 0; i < 3_000_000; i++) last = { i, text: String(i) };
    return last.i;
  }
  keepTelling() {
    setInterval(() => this.channel.emit('tick'), 1);
  }
  async destroy() {
    if (this.payload === 'hangs in destroy') await never();
    if (this.payload === 'throws in destroy') throw new Error('no clean end');
    if (this.payload === 'asks in destroy')
      this.channel.emit('answered', await this.channel.request('ask', 'last words'));
  }
}

serveInstances((workerData) => {
  if (workerData === 'setup fails') throw new DataError('no factory today');
  return {
    async create(payload, channel) {
      if (payload === 'create fails') throw new DataError('not this one');
      if (payload === 'create hangs') await never();
      if (payload === 'create exits') process.exit(4);
      return new Faulty(payload, channel, workerData);
    },
  };
});
