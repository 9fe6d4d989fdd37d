import { describe, expect, test } from 'vitest';
import { keyOf, KeyTopic } from '../testing/key-topic.js';
import { RETIRED_KEY_MS, SessionKeys } from './session-keys.js';

const [first, second, third] = [keyOf('1'), keyOf('2'), keyOf('3')];

function rig(topic = new KeyTopic()) {
  let now = 0;
  return { topic, keys: new SessionKeys(topic, undefined, () => now), pass: (ms: number) => (now += ms) };
}

describe('the newest key', () => {
  test('signs as soon as it is read', () => {
    const { topic, keys } = rig();
    expect([keys.current(), keys.accepted()]).toEqual([undefined, []]);
    topic.read(first);
    expect([keys.current(), keys.accepted()]).toEqual([first, [first]]);
  });

  test('is the one that was there at the start', () => {
    expect(rig(new KeyTopic(first)).keys.accepted()).toEqual([first]);
  });
});

describe('a key before the newest', () => {
  test('is accepted for half a minute after the newer one was read, whether anybody asked meanwhile or not', () => {
    const { topic, keys, pass } = rig();
    topic.read(first);
    topic.read(second);
    pass(RETIRED_KEY_MS - 1);
    expect(keys.accepted()).toEqual([second, first]);
    topic.read(third);
    pass(1);
    expect(keys.accepted()).toEqual([third, second]);
    pass(RETIRED_KEY_MS);
    expect(keys.accepted()).toEqual([third]);
  });

  test('is one of a few, however often the key changes', () => {
    const { topic, keys } = rig();
    for (let each = 0; each < 1_000; each += 1) topic.read(keyOf(`${each}`));
    expect(keys.accepted()).toHaveLength(17);
    expect(keys.accepted()[1]).toEqual(keyOf('998'));
  });
});

describe('reading on', () => {
  test('is done once for all who ask at the same time, and again for those who ask later', async () => {
    const { topic, keys, pass } = rig();
    await Promise.all(Array.from({ length: 1_000 }, () => keys.refresh()));
    expect(topic.refreshes).toBe(1);
    pass(1_000);
    topic.hold(first);
    await Promise.all(Array.from({ length: 1_000 }, () => keys.refresh()));
    expect([topic.refreshes, keys.current()]).toEqual([2, first]);
  });
});
