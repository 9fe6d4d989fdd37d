import { randomUUID } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { kafkaClients } from '@tributary/kafka-client';
import { inject } from 'vitest';
import { ClusterMembership } from '../src/cluster-membership.js';
import type { Assignment } from '../src/membership-options.js';
import type { Role } from '../src/payload/member-metadata.js';
import { readCluster } from '../src/read-cluster.js';
import { taskKey, type TaskId } from '../src/task-id.js';
import { TestTopic } from './test-view.js';

/** A member that runs what it is given, in name only. */
export class RigMember {
  readonly events: string[] = [];
  readonly running = new Map<string, TaskId>();
  /** stopping tasks takes until it resolves */
  stopping: Promise<void> = Promise.resolve();
  readonly membership: ClusterMembership;

  constructor(
    readonly rig: GroupRig,
    readonly id: string,
    role: Role,
  ) {
    this.membership = new ClusterMembership({
      clients: kafkaClients,
      properties: rig.properties,
      role,
      workerId: id,
      url: `http://${id}/`,
      configStore: rig.topic.view(),
      runningTasks: () => [...this.running.values()],
      listener: { assigned: (assignment) => this.assigned(assignment), lost: async () => this.running.clear() },
    });
  }

  get assignment(): Assignment | undefined {
    return this.membership.assignment;
  }

  tasks(): string[] {
    return [...this.running.keys()].sort();
  }

  private async assigned({ tasks }: Assignment): Promise<void> {
    const owned = new Map(tasks.map((task) => [taskKey(task), task]));
    for (const [key, task] of owned) {
      if (this.running.has(key)) continue;
      this.rig.startsAlone(key);
      this.running.set(key, task);
      this.events.push(`+${key}`);
    }
    const surplus = [...this.running.keys()].filter((key) => !owned.has(key));
    if (surplus.length > 0) await this.stopping;
    for (const key of surplus) {
      this.running.delete(key);
      this.events.push(`-${key}`);
    }
  }
}

/** The members of one group on the shared broker. */
export class GroupRig {
  readonly topic = new TestTopic();
  readonly properties: Record<string, string>;
  readonly members: RigMember[] = [];
  /** tasks that were started while they ran elsewhere: must stay empty */
  readonly twice: string[] = [];
  private readonly processes: ChildProcess[] = [];

  constructor(extra: Readonly<Record<string, string>> = {}) {
    this.properties = {
      'bootstrap.servers': inject('bootstrapServers'),
      'group.id': `membership-${randomUUID()}`,
      'session.timeout.ms': '6000',
      'heartbeat.interval.ms': '500',
      'rebalance.timeout.ms': '20000',
      ...extra,
    };
  }

  async join(id: string, role: Role): Promise<RigMember> {
    const member = new RigMember(this, id, role);
    this.members.push(member);
    await member.membership.start();
    return member;
  }

  async leave(member: RigMember): Promise<void> {
    member.running.clear();
    await member.membership.stop();
    this.members.splice(this.members.indexOf(member), 1);
  }

  /** A member in another process, to be killed. */
  spawn(id: string, role: Role, tasks: Readonly<Record<string, number>>): ChildProcess {
    const script = new URL('./member-process.mjs', import.meta.url).pathname;
    const properties = JSON.stringify({ ...this.properties, id, role });
    const child = spawn(process.execPath, [script, properties, JSON.stringify(tasks)], { stdio: 'ignore' });
    this.processes.push(child);
    return child;
  }

  startsAlone(key: string): void {
    if (this.members.some(({ running }) => running.has(key))) this.twice.push(key);
  }

  async seenFromOutside() {
    const admin = kafkaClients.admin(this.properties);
    try {
      return await readCluster(admin, this.properties['group.id'] ?? '');
    } finally {
      await admin.close();
    }
  }

  async dispose(): Promise<void> {
    for (const child of this.processes) child.kill('SIGKILL');
    await Promise.all(this.members.map(({ membership }) => membership.stop()));
  }
}
