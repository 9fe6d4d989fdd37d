import { SendError, type OutgoingRecord } from '@tributary/kafka-client';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../clock.js';
import { LatestWinsSender } from './latest-wins-sender.js';

const fault = (retriable: boolean) =>
  new SendError([{ index: 0, error: Object.assign(new Error('no'), { retriable }) }], 1);

/** A producer that refuses as often as it is told to, and a clock whose sleeps the test ends. */
function bench(faults: (SendError | undefined)[]) {
  const taken: OutgoingRecord[] = [];
  const sleepers: (() => void)[] = [];
  const clock: Clock = { now: () => 0, sleep: () => new Promise((resolve) => sleepers.push(resolve)) };
  const producer = {
    send: async (records: readonly OutgoingRecord[]) => {
      const error = faults.shift();
      if (error !== undefined) throw error;
      taken.push(...records);
      return undefined;
    },
  };
  const wake = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    for (const end of sleepers.splice(0)) end();
  };
  return { sender: new LatestWinsSender(producer, 't', clock), taken, wake };
}

describe('LatestWinsSender', () => {
  it('sends again what Kafka could not take', async () => {
    const { sender, taken, wake } = bench([fault(true), fault(true)]);
    const sent = sender.send('k', 'v');
    await wake();
    await wake();
    await sent;
    expect(taken.map(({ value }) => value)).toEqual(['v']);
  });

  it('gives a record up when a newer one of its key has come', async () => {
    const { sender, taken, wake } = bench([fault(true)]);
    const old = sender.send('k', 'old');
    await new Promise((resolve) => setImmediate(resolve));
    await sender.send('k', 'new');
    await wake();
    await old;
    expect(taken.map(({ value }) => value)).toEqual(['new']);
  });

  it('leaves a record out that may no longer be written', async () => {
    const { sender, taken, wake } = bench([fault(true)]);
    let may = true;
    const sent = sender.send('k', 'v', () => may);
    may = false;
    await wake();
    await sent;
    expect(taken).toEqual([]);
  });

  it('rejects what is refused for good, and what was waiting when it was stopped', async () => {
    const { sender, wake } = bench([fault(false), fault(true)]);
    await expect(sender.send('k', 'v')).rejects.toThrow('sending 1 of 1 records');
    const sent = sender.send('k', 'v');
    sent.catch(() => undefined);
    sender.stop();
    await wake();
    await expect(sent).rejects.toThrow('the store was stopped before Kafka took the record');
  });
});
