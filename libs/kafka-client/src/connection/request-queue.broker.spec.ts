import { afterEach, expect, inject, it, vi } from 'vitest';
import { KafkaAdmin } from '../admin/kafka-admin.js';

afterEach(() => {
  vi.restoreAllMocks();
});

it('an idle connection sets no timer to look for requests', async () => {
  const timers = vi.spyOn(globalThis, 'setTimeout');
  const admin = new KafkaAdmin({ 'bootstrap.servers': inject('bootstrapServers') });
  await admin.listTopics();
  await admin.listTopics();
  await admin.close();
  expect(timers).toHaveBeenCalled();
  expect(timers.mock.calls.map(([, ms]) => ms).filter((ms) => ms !== undefined && ms < 0)).toEqual([]);
});
