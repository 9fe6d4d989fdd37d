import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '@tributary/testing';
import type { ConnectClient } from '@tributary/tools/cluster';
import { STRINGS } from '../fixture.js';
import type { Recorder } from './recorder.js';

/** What a client asked for in one step, how it was answered, and what the client made of it. */
interface Step {
  readonly exchanges: readonly string[];
  readonly outcome: unknown;
}

/**
 * The notes of a client that leads connectors through their lives on one server. They can be compared with the notes
 * from another server: what differs of itself (hosts, folders, names of this life) is replaced.
 */
export class Life {
  readonly steps: Record<string, Step> = {};

  constructor(
    /** ends the names of what belongs to this life alone, as in `source-here` */
    private readonly suffix: string,
    private readonly server: ConnectClient,
    private readonly recorder: Recorder,
    private readonly directory: string,
  ) {}

  /** A connector's or topic's name in this life. */
  own(name: string): string {
    return `${name}-${this.suffix}`;
  }

  file(name: string): string {
    return join(this.directory, this.own(name));
  }

  /** A source that reads a file of one line. */
  sourceConfig(): Record<string, string> {
    writeFileSync(this.file('in'), 'line\n');
    return {
      'connector.class': 'FileStreamSource',
      'tasks.max': '1',
      file: this.file('in'),
      topic: this.own('lines'),
      ...STRINGS,
    };
  }

  /** A sink whose file is in a folder that is not there: its task fails until the folder is made. */
  failingSinkConfig(): Record<string, string> {
    return {
      'connector.class': 'FileStreamSink',
      file: join(this.file('folder'), 'out'),
      topics: this.own('lines'),
      ...STRINGS,
    };
  }

  /** Notes a step; `seen` gives the part of the outcome that must be the same on every server. */
  async step(
    what: string,
    action: () => Promise<unknown>,
    seen: (outcome: unknown) => unknown = (it) => it,
  ): Promise<void> {
    this.recorder.take();
    const outcome = seen(await action());
    const step: Step = { exchanges: this.recorder.take(), outcome: outcome ?? null };
    this.steps[what] = JSON.parse(this.comparable(JSON.stringify(step))) as Step;
  }

  /** Stops a connector without the client. */
  async stop(connector: string): Promise<void> {
    await this.server.put(`/connectors/${this.own(connector)}/stop`);
    await this.untilState(connector, 'STOPPED', 0);
  }

  async untilState(connector: string, state: string, tasks: number): Promise<void> {
    await this.server.untilState(this.own(connector), state, tasks, 60_000);
  }

  /** Until the connector's only task is in a state of its own. */
  async untilTaskState(connector: string, state: string): Promise<void> {
    const path = `/connectors/${this.own(connector)}/tasks/0/status`;
    const reached = async () => ((await this.server.get(path)).body as { state?: string }).state === state;
    await until(`the task of ${connector} to be ${state}`, reached, 60_000);
  }

  /** Until `text` is in the topics of a connector. */
  untilTopics(connector: string, text: string): Promise<void> {
    return this.untilIn('topics', connector, text);
  }

  /** Until `text` is in the offsets of a connector. */
  untilOffsets(connector: string, text: string): Promise<void> {
    return this.untilIn('offsets', connector, text);
  }

  private async untilIn(part: 'topics' | 'offsets', connector: string, text: string): Promise<void> {
    const path = `/connectors/${this.own(connector)}/${part}`;
    const reached = async () => JSON.stringify((await this.server.get(path)).body).includes(text);
    await until(`${text} in the ${part} of ${connector}`, reached, 60_000);
  }

  private comparable(json: string): string {
    return json
      .replaceAll(this.directory, 'FOLDER')
      .replaceAll(`-${this.suffix}`, '')
      .replaceAll(/127\.0\.0\.1:\d+|port=\d+/g, 'HOST')
      .replaceAll(/location='[^']*'/g, "location='PLACE'")
      .replaceAll(/"commit":"[^"]+"/g, '"commit":"COMMIT"')
      .replaceAll(/(?:\\n)+\\tat [^"]*/g, ' FRAMES');
  }
}

/** Of a list of plugins those that every server has. */
export function filePlugins(plugins: unknown): unknown {
  const all = plugins as readonly { readonly class?: string; readonly className?: string }[];
  return all.filter((one) => (one.class ?? one.className ?? '').includes('.FileStream'));
}

interface Validation {
  readonly name: string;
  readonly error_count?: number;
  readonly errorCount?: number;
  readonly groups: readonly string[];
  readonly configs: readonly { readonly value: { readonly name: string; readonly errors: readonly string[] } }[];
}

/** Of a validation what it says about the values; documentation is each server's own. */
export function verdict(validation: unknown): unknown {
  const { name, error_count, errorCount, groups, configs } = validation as Validation;
  return { name, errors: error_count ?? errorCount, groups, values: configs.map(({ value }) => value) };
}
