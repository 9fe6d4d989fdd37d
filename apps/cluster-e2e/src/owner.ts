import { until } from '@tributary/testing';
import type { Answer, ConnectClient } from '@tributary/tools/cluster';

type Target = 'RUNNING' | 'PAUSED' | 'STOPPED';

interface StatusBody {
  readonly connector: { readonly state: string };
  readonly tasks: readonly { readonly state: string }[];
}

interface Known {
  readonly note: string;
  readonly target: Target;
}

interface Change {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  /** the statuses that are true answers */
  readonly allowed: readonly number[];
  /** what is so once it is answered; undefined: the connector is not there */
  readonly after: Known | undefined;
}

/**
 * The one client that changes a certain connector, at random but the same way in each run, and so knows what each
 * answer must be. After each answer it looks, by way of another gateway, whether what was answered is so.
 */
export class Owner {
  private known: Known | undefined;
  private count = 0;
  private seed: number;

  constructor(
    private readonly name: string,
    private readonly config: Readonly<Record<string, string>>,
    private readonly gateway: ConnectClient,
    private readonly other: ConnectClient,
  ) {
    this.seed = [...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 2_147_483_647;
  }

  /** The connector's name where it is there. */
  get present(): readonly string[] {
    return this.known === undefined ? [] : [this.name];
  }

  /** One change, and a look at what came of it. */
  async step(): Promise<void> {
    const change = this.next();
    const { method, path, body } = change;
    const answer = await this.gateway.send(method, path, body);
    if (!change.allowed.includes(answer.status)) throw wrong(`${method} ${path} ${JSON.stringify(body ?? '')}`, answer);
    this.known = change.after;
    await this.check(this.other);
  }

  /** Throws unless the gateway shows the connector as it must be. */
  async check(gateway: ConnectClient): Promise<void> {
    const path = this.path('/config');
    const answer = await gateway.get(path);
    const { note } = answer.body as { note?: string };
    const good = this.known === undefined ? answer.status === 404 : answer.status === 200 && note === this.known.note;
    if (!good) throw wrong(`GET ${path}, where the note must be ${this.known?.note},`, answer);
    if (this.known?.target !== 'STOPPED') return;
    const tasks = await gateway.get(this.path('/tasks'));
    if (JSON.stringify(tasks.body) !== '[]') throw wrong(`GET ${this.path('/tasks')} of a stopped connector`, tasks);
  }

  /** Until the connector is in the state that was last asked for, and its task runs where it has to. */
  async untilSettled(): Promise<void> {
    if (this.known === undefined) return;
    const { target } = this.known;
    const settled = async () => {
      const { connector, tasks } = (await this.gateway.get(this.path('/status'))).body as StatusBody;
      if (target === 'RUNNING' && tasks.length !== 1) return false;
      return [connector, ...tasks].every(({ state }) => state === target);
    };
    await until(`${this.name} to be ${target}`, settled, 60_000);
  }

  private next(): Change {
    const note = String(++this.count);
    const config = { ...this.config, note };
    const { known } = this;
    const create = { method: 'POST', path: '/connectors', body: { name: this.name, config } };
    const put = { method: 'PUT', path: this.path('/config'), body: config };
    if (known === undefined) {
      const after = { note, target: 'RUNNING' } as const;
      // A PUT that is carried out twice, because its first answer was lost, finds its own connector.
      const creations = [
        { ...create, allowed: [201], after },
        { ...put, allowed: [200, 201], after },
        {
          ...create,
          body: { name: this.name, config, initial_state: 'PAUSED' },
          allowed: [201],
          after: { note, target: 'PAUSED' },
        },
      ] as const;
      return this.pick(creations);
    }
    const target = (verb: string, status: number, state: Target): Change => ({
      method: 'PUT',
      path: this.path(`/${verb}`),
      allowed: [status],
      after: { note: known.note, target: state },
    });
    return this.pick<Change>([
      { ...create, allowed: [409], after: known },
      { ...put, allowed: [200], after: { ...known, note } },
      { method: 'PATCH', path: this.path('/config'), body: { note }, allowed: [200], after: { ...known, note } },
      target('pause', 202, 'PAUSED'),
      target('resume', 202, 'RUNNING'),
      target('stop', 204, 'STOPPED'),
      { method: 'POST', path: this.path('/restart'), allowed: [204], after: known },
      { method: 'POST', path: this.path('/restart?includeTasks=true'), allowed: [202, 404], after: known },
      { method: 'DELETE', path: this.path(), allowed: [204], after: undefined },
    ]);
  }

  private path(part = ''): string {
    return `/connectors/${this.name}${part}`;
  }

  private pick<T>(choices: readonly T[]): T {
    this.seed = (this.seed * 16_807) % 2_147_483_647;
    const choice = choices[this.seed % choices.length];
    if (choice === undefined) throw new Error('nothing to choose from');
    return choice;
  }
}

const wrong = (what: string, { status, body }: Answer) =>
  new Error(`${what} was answered with ${status} ${JSON.stringify(body)}`);
