import { describe, expect, it } from 'vitest';
import { PropertyReader } from '../properties/property-reader.js';
import { configuredAssignors, range, roundRobin, type Assignor, type Subscriber } from './assignors.js';

const member = (memberId: string, topics: readonly string[], instanceId: string | null = null): Subscriber => ({
  memberId,
  instanceId,
  topics,
});

/** `topic-partition` names by member. */
function assign(
  assignor: Assignor,
  subscribers: readonly Subscriber[],
  counts: Readonly<Record<string, number>>,
): Record<string, string[]> {
  const assignments = assignor(subscribers, new Map(Object.entries(counts)));
  return Object.fromEntries(
    [...assignments].map(([id, partitions]) => [id, partitions.map(({ topic, partition }) => `${topic}-${partition}`)]),
  );
}

describe('range', () => {
  it('gives contiguous partitions of each topic, one more to the first members', () => {
    expect(assign(range, [member('b', ['t', 'u']), member('a', ['t', 'u'])], { t: 3, u: 2 })).toEqual({
      a: ['t-0', 't-1', 'u-0'],
      b: ['t-2', 'u-1'],
    });
  });

  it('gives a topic only to those who want it, and nothing to those who come too late', () => {
    expect(assign(range, [member('a', ['t']), member('b', ['t']), member('c', ['u'])], { t: 1, u: 2 })).toEqual({
      a: ['t-0'],
      b: [],
      c: ['u-0', 'u-1'],
    });
  });

  it('orders static members by their instance, so that a new member id changes nothing', () => {
    const counts = { t: 2 };
    expect(assign(range, [member('z', ['t'], 'i1'), member('a', ['t'], 'i2')], counts)).toEqual({
      z: ['t-0'],
      a: ['t-1'],
    });
  });
});

describe('roundRobin', () => {
  it('deals the partitions of all topics out in turn', () => {
    expect(assign(roundRobin, [member('a', ['t', 'u']), member('b', ['t', 'u'])], { u: 2, t: 3 })).toEqual({
      a: ['t-0', 't-2', 'u-1'],
      b: ['t-1', 'u-0'],
    });
  });

  it('passes over members that do not want a topic, and topics that nobody wants', () => {
    expect(assign(roundRobin, [member('a', ['t']), member('b', ['t', 'u'])], { t: 2, u: 2, v: 1 })).toEqual({
      a: ['t-0'],
      b: ['t-1', 'u-0', 'u-1'],
    });
  });
});

describe('configuredAssignors', () => {
  it.each([
    [undefined, ['range']],
    ['org.apache.kafka.clients.consumer.RoundRobinAssignor', ['roundrobin']],
    [
      'org.apache.kafka.clients.consumer.RangeAssignor,org.apache.kafka.clients.consumer.RoundRobinAssignor',
      ['range', 'roundrobin'],
    ],
    ['org.apache.kafka.clients.consumer.CooperativeStickyAssignor', ['range']],
  ])('understands %s', (value, names) => {
    const properties: Record<string, string> = value === undefined ? {} : { 'partition.assignment.strategy': value };
    expect(configuredAssignors(new PropertyReader(properties))).toEqual(names);
  });
});
