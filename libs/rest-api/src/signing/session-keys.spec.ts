import type { ClusterConfig, SessionKey } from '@tributary/kafka-storage';
import { expect, test } from 'vitest';
import { SessionKeys } from './session-keys.js';

const keyOf = (text: string): SessionKey => ({ key: Buffer.from(text), algorithm: 'HmacSHA256', createdAt: 0 });

test('the newest key signs, and the one before it is accepted until the next comes', () => {
  let sessionKey: SessionKey | undefined;
  const keys = new SessionKeys({ snapshot: () => ({ sessionKey }) as ClusterConfig, refresh: async () => undefined });
  expect(keys.current()).toBeUndefined();
  expect(keys.accepted()).toEqual([]);

  const [first, second, third] = [keyOf('1'), keyOf('2'), keyOf('3')];
  sessionKey = first;
  expect(keys.current()).toBe(first);
  expect(keys.accepted()).toEqual([first]);
  sessionKey = second;
  expect(keys.accepted()).toEqual([second, first]);
  expect(keys.accepted()).toEqual([second, first]);
  sessionKey = third;
  expect(keys.accepted()).toEqual([third, second]);
});
