import { loggerFor } from '@tributary/observability';
import type { ClientProperties, GroupProtocol, GroupSession } from '../api.js';
import { delay } from '../connection/delay.js';
import { KafkaConnection } from '../connection/kafka-connection.js';
import { KafkaError } from '../errors.js';
import { groupSettings, type GroupSettings } from './group-settings.js';
import { Membership, type Generation } from './membership.js';
import { Serial } from './serial.js';
import { Signal } from './signal.js';

const log = loggerFor('kafka.group');

/** Pause after a refusal that will not change by itself soon, e.g. another kind of member holds the group. */
const REFUSED_PAUSE_MS = 5000;

/**
 * A {@link GroupSession}: one loop that joins, hands over the assignment and waits for a reason to join again. The
 * callbacks of the protocol run one at a time, in order; heartbeats go on meanwhile, and a rebalance that begins during
 * a callback is taken up after it.
 *
 * A follower that joins again with the same metadata gets the same assignment back: the broker rebalances only when a
 * member's metadata has changed or when the leader asks.
 */
export class KafkaGroupSession implements GroupSession {
  private readonly settings: GroupSettings;
  private readonly connection: KafkaConnection;
  private readonly membership: Membership;
  private readonly callbacks = new Serial();
  private readonly wanted = new Signal();
  private readonly stopping = new AbortController();
  private joining = false;
  private current: Generation | undefined;
  private running: Promise<void> | undefined;
  private stopped: Promise<void> | undefined;

  constructor(
    properties: ClientProperties,
    private readonly protocol: GroupProtocol,
  ) {
    this.settings = groupSettings(properties, {
      sessionTimeoutMs: 10_000,
      rebalanceTimeoutProperty: 'rebalance.timeout.ms',
      rebalanceTimeoutMs: 60_000,
    });
    this.connection = new KafkaConnection(properties);
    const { protocolType, protocolName } = protocol;
    this.membership = new Membership(
      this.connection,
      this.settings,
      {
        protocolType,
        offers: async () => [{ name: protocolName, metadata: await protocol.metadata() }],
        assign: (_name, members) => protocol.assign(members),
      },
      { rejoinNeeded: () => this.wanted.raise(), lost: (reason) => this.lost(reason) },
    );
  }

  get generationId(): number {
    return this.current?.generationId ?? -1;
  }

  get memberId(): string {
    return this.membership.identity().memberId;
  }

  start(): Promise<void> {
    if (this.running !== undefined)
      throw new Error(`group ${this.settings.groupId}: the session has been started already`);
    return new Promise((resolve, reject) => {
      this.running = this.run(resolve, reject);
    });
  }

  requestRejoin(): void {
    this.wanted.raise();
  }

  /** Does not wait for a callback that runs, so that a callback may call it; no other one begins after it. */
  stop(): Promise<void> {
    this.stopped ??= this.leave();
    return this.stopped;
  }

  private async leave(): Promise<void> {
    this.stopping.abort();
    this.wanted.raise();
    await this.membership.close();
    await this.connection.close();
    this.current = undefined;
  }

  private async run(joined: () => void, refused: (error: unknown) => void): Promise<void> {
    const { signal } = this.stopping;
    let first = true;
    while (!signal.aborted) {
      try {
        if ((await this.joinOnce()) && first) {
          joined();
          first = false;
        }
        await this.wanted.wait();
      } catch (error) {
        if (signal.aborted) break;
        if (first && !(error instanceof KafkaError && error.retriable)) {
          await this.membership.leave();
          refused(error);
          return;
        }
        const fenced = error instanceof KafkaError && error.kafkaCode === 'FENCED_INSTANCE_ID';
        const next = fenced ? 'staying out of it' : 'trying again';
        log.error({ group: this.settings.groupId, err: error }, `joining the group did not succeed, ${next}`);
        if (fenced) return;
        await delay(REFUSED_PAUSE_MS, signal);
      }
    }
    if (first) refused(new KafkaError(`group ${this.settings.groupId}: the session was stopped`, { retriable: false }));
  }

  /** True where the assignment was handed over; false where it was over before that. */
  private async joinOnce(): Promise<boolean> {
    await this.callbacks.run(async () => {
      if (this.current !== undefined) await this.protocol.prepare?.();
    });
    // Reasons that come up from here on are a reason for one more join.
    this.wanted.clear();
    this.joining = true;
    const generation = await this.membership.join().finally(() => {
      this.joining = false;
    });
    return this.callbacks.run(async () => {
      if (this.stopping.signal.aborted || this.membership.identity().generationId !== generation.generationId)
        return false;
      this.current = generation;
      const { generationId, memberId, assignment } = generation;
      await this.protocol.assigned({ generationId, memberId, assignment });
      return true;
    });
  }

  private lost(reason: KafkaError): void {
    // A join under way goes on and makes a new membership.
    if (!this.joining) this.wanted.raise();
    void this.callbacks
      .run(async () => {
        if (this.current === undefined) return;
        this.current = undefined;
        log.warn({ group: this.settings.groupId, reason: reason.message }, 'lost the membership, joining again');
        await this.protocol.lost(reason);
      })
      .catch((error: unknown) => log.error({ group: this.settings.groupId, err: error }, 'giving up the assignment'));
  }
}
