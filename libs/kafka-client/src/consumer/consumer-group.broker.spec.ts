import { sleep, until } from '@tributary/testing';
import { AssignerProtocol, Kafka, logLevel } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { cleanUps, group, LIMIT_MS, member, names, pollUntil, read, valuesOf } from '../../test/consumers.js';
import { KafkaProxy } from '../../test/kafka-proxy.js';
import { clientProperties, createTopic, numbered, produce, unique } from '../../test/support.js';
import { RebalancedError } from '../errors.js';
import { kafkaClients } from '../kafka-clients.js';

describe('KafkaConsumer in a group', () => {
  it('goes on from the committed offset', async () => {
    const topic = await createTopic(1);
    await produce(topic, 0, numbered('v', 10));
    const properties = group();
    const first = member(properties, [topic]);
    await read(first.consumer, 10);
    expect(await first.consumer.committed([{ topic, partition: 0 }])).toEqual([]);
    await first.consumer.commit([{ topic, partition: 0, offset: 7 }]);
    await first.consumer.close();
    expect(first.events).toEqual(['assigned 0', 'revoked 0']);
    const second = member(properties, [topic]);
    expect(valuesOf(await read(second.consumer, 3))).toEqual(['v7', 'v8', 'v9']);
    expect(await second.consumer.committed([{ topic, partition: 0 }])).toEqual([{ topic, partition: 0, offset: 7 }]);
  });

  it('takes an earlier run of itself out of the group, and nobody else', async () => {
    const topic = await createTopic(2);
    const properties = group({ 'session.timeout.ms': '45000', 'client.id': 'task-0' });
    const earlier = member(properties, [topic]);
    await pollUntil(earlier.consumer, earlier.events, 'assigned 0,1');
    const neighbour = member({ ...properties, 'client.id': 'task-1' }, [topic]);
    const later = member(properties, [topic]);
    await later.consumer.removeNamesakes();
    const shared = async (): Promise<boolean> => {
      await Promise.all([neighbour.consumer.poll(50), later.consumer.poll(50)]);
      return [neighbour, later].every(({ consumer }) => consumer.assignment().length === 1);
    };
    await until('both to have a partition', shared, LIMIT_MS, 1);
    expect([...neighbour.events, ...later.events].some((event) => event.startsWith('lost'))).toBe(false);
    await pollUntil(earlier.consumer, earlier.events, 'lost 0,1');
  });

  it('shares partitions as members come and go, each record once when committed in revoked', async () => {
    const topic = await createTopic(6);
    const properties = group();
    const seen = new Map<string, number>();
    const total = 6 * 400;
    const runs: { stop: () => Promise<void> }[] = [];
    const run = (): void => {
      const next = new Map<number, number>();
      const commit = async (): Promise<void> => {
        await consumer.commit([...next].map(([partition, offset]) => ({ topic, partition, offset })));
        next.clear();
      };
      const { consumer } = member({ ...properties, 'max.poll.records': '20' }, [topic], { revoked: commit });
      let stopped = false;
      const loop = (async () => {
        while (!stopped) {
          for (const { partition, offset } of await consumer.poll(50)) {
            const id = `${partition}:${offset}`;
            seen.set(id, (seen.get(id) ?? 0) + 1);
            next.set(partition, offset + 1);
          }
          await sleep(5);
        }
        await consumer.close();
      })();
      runs.push({
        stop: () => {
          stopped = true;
          return loop;
        },
      });
    };
    const producing = (async () => {
      for (let round = 0; round < 20; round++) {
        for (let partition = 0; partition < 6; partition++) await produce(topic, partition, numbered(`${round}-`, 20));
      }
    })();
    run();
    await until('the first records', () => seen.size > 100, LIMIT_MS);
    run();
    run();
    await producing;
    await until('half of the records', () => seen.size > total / 2, LIMIT_MS);
    await runs[0]?.stop();
    await until(`${total} records`, () => seen.size === total, LIMIT_MS);
    await Promise.all(runs.map(({ stop }) => stop()));
    expect([...seen].filter(([, times]) => times !== 1)).toEqual([]);
  });

  it('gives the partitions of a member that leaves to the others at once', async () => {
    const topic = await createTopic(2);
    const properties = group({ 'session.timeout.ms': '40000' });
    const [one, two] = [member(properties, [topic]), member(properties, [topic])];
    await pollUntil(one.consumer, one.events, 'assigned 0,1');
    await until(
      'a share for each',
      async () => {
        await Promise.all([one.consumer.poll(20), two.consumer.poll(20)]);
        return one.consumer.assignment().length === 1 && two.consumer.assignment().length === 1;
      },
      LIMIT_MS,
      1,
    );
    await one.consumer.close();
    await until(
      'all partitions',
      async () => {
        await two.consumer.poll(20);
        return two.consumer.assignment().length === 2;
      },
      LIMIT_MS,
      1,
    );
  });

  it('waits no longer than it is told while the group rebalances', async () => {
    const topic = await createTopic(1);
    const properties = group();
    const holding = member(properties, [topic]);
    await pollUntil(holding.consumer, holding.events, 'assigned 0');
    const waiting = member(properties, [topic]);
    expect(await waiting.consumer.poll(200)).toEqual([]);
    await until(
      'the rebalance',
      async () => {
        await Promise.all([holding.consumer.poll(20), waiting.consumer.poll(20)]);
        return waiting.events.length > 0;
      },
      LIMIT_MS,
      1,
    );
  });

  it('calls lost when its session has ended, refuses the commit, and comes back', async () => {
    const wire = await KafkaProxy.start(clientProperties()['bootstrap.servers'] ?? '');
    cleanUps.push(() => wire.close());
    const topic = await createTopic(1);
    await produce(topic, 0, ['a']);
    const { consumer, events } = member(group({ 'bootstrap.servers': wire.bootstrapServers }), [topic]);
    await read(consumer, 1);
    wire.cut();
    await pollUntil(consumer, events, 'lost 0');
    await expect(consumer.commit([{ topic, partition: 0, offset: 1 }])).rejects.toBeInstanceOf(RebalancedError);
    expect(consumer.assignment()).toEqual([]);
    wire.mend();
    expect(valuesOf(await read(consumer, 1))).toEqual(['a']);
    expect(events).toEqual(['assigned 0', 'lost 0', 'assigned 0']);
  });

  it('leaves the group when poll is not called for max.poll.interval.ms', async () => {
    const topic = await createTopic(1);
    const properties = group({ 'max.poll.interval.ms': '700' });
    const stuck = member(properties, [topic]);
    await pollUntil(stuck.consumer, stuck.events, 'assigned 0');
    const other = member(properties, [topic]);
    await pollUntil(other.consumer, other.events, 'assigned 0');
    await expect(stuck.consumer.commit([{ topic, partition: 0, offset: 0 }])).rejects.toBeInstanceOf(RebalancedError);
    expect(stuck.events).toEqual(['assigned 0']);
    await stuck.consumer.poll(10);
    expect(stuck.events).toEqual(['assigned 0', 'lost 0']);
  });

  it('takes up topics that match its expression, also ones that are made later', async () => {
    const prefix = unique('regex').replaceAll('-', '');
    const admin = kafkaClients.admin(clientProperties());
    cleanUps.push(() => admin.close());
    const create = (name: string) => admin.createTopic({ name, partitions: 1, replicationFactor: 1, configs: {} });
    await create(`${prefix}.a`);
    await create(`not${prefix}.a`);
    const { consumer } = member(group({ 'metadata.max.age.ms': '300' }), new RegExp(`${prefix}\\.(a|b)`));
    const assigned = (): string[] =>
      consumer
        .assignment()
        .map(({ topic }) => topic)
        .toSorted();
    const polledTo = (topics: readonly string[]) =>
      until(
        `assignment of ${topics.join()}`,
        async () => {
          await consumer.poll(20);
          return assigned().join() === topics.join();
        },
        LIMIT_MS,
        1,
      );
    await polledTo([`${prefix}.a`]);
    await create(`${prefix}.b`);
    await create(`${prefix}.bc`);
    await polledTo([`${prefix}.a`, `${prefix}.b`]);
  });

  it('finds a topic that is made after it was subscribed', async () => {
    const topic = unique('later');
    const { consumer, events } = member(group({ 'allow.auto.create.topics': 'false' }), [topic]);
    await pollUntil(consumer, events, 'assigned ');
    const admin = kafkaClients.admin(clientProperties());
    cleanUps.push(() => admin.close());
    await admin.createTopic({ name: topic, partitions: 1, replicationFactor: 1, configs: {} });
    await pollUntil(consumer, events, 'assigned 0');
  });

  it('keeps the assignment of a static member over a restart', async () => {
    const topic = await createTopic(2);
    const properties = group({ 'session.timeout.ms': '30000' });
    const other = member(properties, [topic]);
    const before = member({ ...properties, 'group.instance.id': 'one' }, [topic]);
    await until(
      'a share for each',
      async () => {
        await Promise.all([other.consumer.poll(20), before.consumer.poll(20)]);
        return other.consumer.assignment().length === 1 && before.consumer.assignment().length === 1;
      },
      LIMIT_MS,
      1,
    );
    const rebalances = other.events.length;
    const held = names(before.consumer.assignment());
    await before.consumer.close();
    const after = member({ ...properties, 'group.instance.id': 'one' }, [topic]);
    await pollUntil(after.consumer, after.events, `assigned ${held}`);
    await other.consumer.poll(500);
    expect(other.events).toHaveLength(rebalances);
  });

  it('tells the group what it reads in the bytes that all consumers understand', async () => {
    const topic = await createTopic(2);
    const roundRobin = 'org.apache.kafka.clients.consumer.RoundRobinAssignor';
    const properties = group({ 'partition.assignment.strategy': roundRobin });
    const { consumer, events } = member(properties, [topic]);
    await pollUntil(consumer, events, 'assigned 0,1');
    const admin = new Kafka({ brokers: [properties['bootstrap.servers'] ?? ''], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    cleanUps.push(() => admin.disconnect());
    const described = (await admin.describeGroups([properties['group.id'] ?? ''])).groups[0];
    expect(described).toMatchObject({ protocol: 'roundrobin', protocolType: 'consumer', state: 'Stable' });
    const { memberMetadata, memberAssignment } = described?.members[0] ?? {};
    expect(AssignerProtocol.MemberMetadata.decode(memberMetadata ?? Buffer.alloc(0))?.topics).toEqual([topic]);
    expect(AssignerProtocol.MemberAssignment.decode(memberAssignment ?? Buffer.alloc(0))?.assignment).toEqual({
      [topic]: [0, 1],
    });
  });
});
