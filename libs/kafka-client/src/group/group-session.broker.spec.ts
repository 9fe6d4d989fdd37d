import { sleep, until } from '@tributary/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { KafkaProxy } from '../../test/kafka-proxy.js';
import { clientProperties, unique } from '../../test/support.js';
import type { ClientProperties, GroupProtocol, GroupSession } from '../api.js';
import { kafkaClients } from '../kafka-clients.js';

const LIMIT_MS = 50_000;
const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

/** A member that tells its name and takes what it is given; everything that happens to it is on record. */
class TestMember {
  readonly events: string[] = [];
  readonly session: GroupSession;
  state = '';
  /** `assigned` waits for it */
  gate: Promise<void> | undefined;

  constructor(
    readonly name: string,
    properties: ClientProperties,
    protocol: Partial<GroupProtocol> = {},
  ) {
    this.session = kafkaClients.groupSession(properties, {
      protocolType: 'connect',
      protocolName: 'tributary-test',
      metadata: () => Buffer.from(this.name + this.state),
      assign: async (members) => {
        const names = members.map(({ metadata }) => metadata.toString()).toSorted();
        return new Map(members.map(({ memberId }) => [memberId, Buffer.from(names.join())]));
      },
      prepare: async () => void this.events.push('prepare'),
      assigned: async ({ assignment }) => {
        await this.gate;
        this.events.push(assignment.toString());
      },
      lost: async (reason) => void this.events.push(`lost: ${reason.message}`),
      ...protocol,
    });
    cleanUps.push(() => this.session.stop());
  }

  get last(): string | undefined {
    return this.events.at(-1);
  }

  sees(assignment: string): Promise<unknown> {
    return until(
      `${this.name} to be assigned ${assignment}, last was ${this.last}`,
      () => this.last === assignment,
      LIMIT_MS,
      5,
    );
  }
}

/** Properties of a group with quick heartbeats. */
function quickGroup(more: ClientProperties = {}): ClientProperties {
  return clientProperties({
    'group.id': unique('group'),
    'session.timeout.ms': '6000',
    'heartbeat.interval.ms': '200',
    'rebalance.timeout.ms': '10000',
    ...more,
  });
}

async function proxy(): Promise<KafkaProxy> {
  const started = await KafkaProxy.start(clientProperties()['bootstrap.servers'] ?? '');
  cleanUps.push(() => started.close());
  return started;
}

describe('KafkaGroupSession', () => {
  it('hands each member its assignment as members come and go', async () => {
    const properties = quickGroup();
    const [a, b, c] = [
      new TestMember('a', properties),
      new TestMember('b', properties),
      new TestMember('c', properties),
    ];
    await a.session.start();
    expect(a.last).toBe('a');
    await b.session.start();
    await Promise.all([a.sees('a,b'), b.sees('a,b')]);
    await c.session.start();
    await Promise.all([a.sees('a,b,c'), b.sees('a,b,c'), c.sees('a,b,c')]);
    expect(new Set([a, b, c].map(({ session }) => session.generationId)).size).toBe(1);
    await a.session.stop();
    await Promise.all([b.sees('b,c'), c.sees('b,c')]);
    expect(a.session.generationId).toBe(-1);
  });

  it('gives the work of a member that dies to the others when its session ends', async () => {
    const properties = quickGroup();
    const wire = await proxy();
    const survivor = new TestMember('survivor', properties);
    const dying = new TestMember('dying', { ...properties, 'bootstrap.servers': wire.bootstrapServers });
    await survivor.session.start();
    await dying.session.start();
    await survivor.sees('dying,survivor');
    wire.cut();
    await survivor.sees('survivor');
  });

  it('says that the membership is lost by its own clock, at a silent broker too, and joins again later', async () => {
    const wire = await proxy();
    const member = new TestMember('a', quickGroup({ 'bootstrap.servers': wire.bootstrapServers }));
    await member.session.start();
    const silentAt = performance.now();
    wire.silence();
    await until('the loss', () => member.last?.startsWith('lost'), LIMIT_MS, 5);
    const afterMs = performance.now() - silentAt;
    expect(member.last).toMatch(/no heartbeat was answered for session.timeout.ms \(6000 ms\)/);
    expect(afterMs).toBeGreaterThan(5000);
    expect(member.session.generationId).toBe(-1);
    wire.mend();
    await member.sees('a');
  });

  it('goes on with its membership over a short loss of connections', async () => {
    const wire = await proxy();
    const member = new TestMember('a', quickGroup({ 'bootstrap.servers': wire.bootstrapServers }));
    await member.session.start();
    const { generationId, memberId } = member.session;
    wire.dropAll();
    // Longer than the session: without a heartbeat over new connections it would have ended.
    await sleep(7000);
    expect(member.events).toEqual(['a']);
    expect(member.session).toMatchObject({ generationId, memberId });
  });

  it('joins again at once when asked, and several requests make one join', async () => {
    const member = new TestMember('a', quickGroup({ 'heartbeat.interval.ms': '50000', 'session.timeout.ms': '55000' }));
    await member.session.start();
    const { generationId } = member.session;
    member.state = '2';
    for (let times = 0; times < 5; times++) member.session.requestRejoin();
    await member.sees('a2');
    // For joins that would follow.
    await sleep(300);
    expect(member.session.generationId).toBe(generationId + 1);
    expect(member.events).toEqual(['a', 'prepare', 'a2']);
  });

  it('sends heartbeats while a callback runs, and takes up a rebalance after it', async () => {
    const properties = quickGroup();
    const slow = new TestMember('slow', properties);
    let open = (): void => undefined;
    slow.gate = new Promise((resolve) => {
      open = resolve;
    });
    const started = slow.session.start();
    await until('the callback to begin', () => slow.session.generationId > 0, LIMIT_MS, 5);
    const other = new TestMember('other', properties);
    const joined = other.session.start();
    // Longer than the session timeout: without heartbeats the slow member would be out of the group.
    await sleep(7000);
    expect(slow.events).toEqual([]);
    expect(other.events).toEqual([]);
    open();
    await Promise.all([started, joined]);
    await slow.sees('other,slow');
    expect(slow.events).toEqual(['slow', 'prepare', 'other,slow']);
  });

  it('gives up for good when another member takes its group.instance.id', async () => {
    const properties = quickGroup();
    const member = new TestMember('a', { ...properties, 'group.instance.id': 'static' });
    await member.session.start();
    const usurper = new TestMember('b', { ...properties, 'group.instance.id': 'static' });
    await usurper.session.start();
    // The place is the same one, so the broker gives the assignment that it had.
    await until('the loss', () => member.last?.startsWith('lost'), LIMIT_MS, 5);
    expect(member.last).toMatch(/another member with the same group.instance.id has taken over/);
    await sleep(500);
    expect(usurper.events).toEqual(['a']);
    expect(member.events).toHaveLength(2);
  });

  it('stops in the middle of a join', async () => {
    const properties = quickGroup({ 'rebalance.timeout.ms': '60000' });
    const holding = new TestMember('holding', properties);
    let open = (): void => undefined;
    await holding.session.start();
    holding.gate = new Promise((resolve) => {
      open = resolve;
    });
    holding.session.requestRejoin();
    await sleep(300);
    const waiting = new TestMember('waiting', properties);
    const started = waiting.session.start().catch((error: unknown) => error);
    await sleep(300);
    // While the join cannot end.
    await waiting.session.stop();
    expect(await started).toMatchObject({ message: expect.stringContaining('the session was stopped') });
    open();
    await holding.sees('holding');
  });

  it('refuses a group that members of another kind hold', async () => {
    const properties = quickGroup();
    await new TestMember('a', properties).session.start();
    const other = new TestMember('b', properties, { protocolType: 'consumer' });
    await expect(other.session.start()).rejects.toMatchObject({
      kafkaCode: 'INCONSISTENT_GROUP_PROTOCOL',
      message: expect.stringContaining('held by members of another kind'),
    });
  });

  it('shows metadata and assignments to whoever describes the group', async () => {
    const properties = quickGroup();
    const member = new TestMember('a', properties);
    await member.session.start();
    const admin = kafkaClients.admin(clientProperties());
    cleanUps.push(() => admin.close());
    const description = await admin.describeGroup(properties['group.id'] ?? '');
    expect(description).toMatchObject({ state: 'Stable', protocolType: 'connect' });
    expect(
      description.members.map(({ memberId, metadata, assignment }) => [memberId, String(metadata), String(assignment)]),
    ).toEqual([[member.session.memberId, 'a', 'a']]);
  });

  it.each([
    [{ 'heartbeat.interval.ms': '6000' }, /heartbeat.interval.ms.*lower than session.timeout.ms/],
    [{ 'session.timeout.ms': 'soon' }, /Invalid value soon for configuration session.timeout.ms/],
    [{ 'group.id': '' }, /Missing required configuration "group.id"/],
  ])('refuses the properties %o', (wrong, message) => {
    expect(() => new TestMember('a', quickGroup(wrong))).toThrow(message);
  });
});
