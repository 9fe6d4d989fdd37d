import { describe, expect, it } from 'vitest';
import { PendingReports } from './pending-reports.js';

function pending() {
  const stop = new AbortController();
  return { reports: new PendingReports(stop.signal, 2), stop };
}

/** A report and how to end it. */
function open(reports: PendingReports) {
  let end = (): void => undefined;
  const report = reports.add(new Promise<void>((resolve) => (end = resolve)));
  return { report, end: () => end() };
}

describe('PendingReports', () => {
  it('has room until too many are on their way, and again when one of them has ended', async () => {
    const { reports } = pending();
    const first = open(reports);
    expect(await reports.room()).toBe(true);
    open(reports);
    const order: string[] = [];
    const room = reports.room().then((there) => order.push(`room: ${there}`));
    await Promise.resolve();
    order.push('ended');
    first.end();
    await room;
    expect(order).toEqual(['ended', 'room: true']);
  });

  it('lets nobody wait who is asked to stop', async () => {
    const { reports, stop } = pending();
    const { report } = open(reports);
    open(reports);
    const waiting = [reports.room(), reports.settled(report)];
    stop.abort();
    expect(await Promise.all(waiting)).toEqual([false, false]);
    expect(await reports.room()).toBe(false);
  });
});
