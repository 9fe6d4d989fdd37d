import type { ClusterView } from '@tributary/control-plane';
import { expect, test } from 'vitest';
import { FreshView } from './fresh-view.js';

/** A view whose refreshes end when the test says so. */
function viewOf(refreshes: Promise<void>[]): ClusterView {
  return { refresh: () => refreshes[0] ?? Promise.resolve() } as ClusterView;
}

test('who waits for the same refresh gets the view when it ends', async () => {
  let end = (): void => undefined;
  const refreshes = [new Promise<void>((resolve) => (end = resolve))];
  const view = viewOf(refreshes);
  const fresh = new FreshView(view, 60_000);
  const waiting = [fresh.view(), fresh.view()];
  expect(waiting[0]).toBe(waiting[1]);
  const later = [Promise.resolve()];
  refreshes.splice(0, 1, ...later);
  expect(fresh.view()).not.toBe(waiting[0]);
  end();
  expect(await Promise.all(waiting)).toEqual([view, view]);
});

test('while Kafka does not answer, the view is given as it is', async () => {
  const view = viewOf([new Promise<void>(() => undefined)]);
  expect(await new FreshView(view, 1).view()).toBe(view);
});

test('where Kafka refuses, too', async () => {
  const refused = Promise.reject(new Error('not authorized'));
  refused.catch(() => undefined);
  const view = viewOf([refused]);
  expect(await new FreshView(view, 60_000).view()).toBe(view);
});
