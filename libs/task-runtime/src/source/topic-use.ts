import { ConnectError } from '@tributary/connect-api';
import type { Admin, TopicSpec } from '@tributary/kafka-client';
import { isRetriable } from '../timing/retriable.js';

export interface TopicUseOptions {
  /** how a topic that does not exist is made; undefined: the broker makes it, or not */
  readonly creation: { readonly admin: Admin; readonly specFor: (topic: string) => TopicSpec } | undefined;
  /** to which the task must not write: its own offsets are there, in transactions that its reads would wait for */
  readonly forbidden?: string | undefined;
  /** told once of each topic that the task writes to */
  readonly used: (topic: string) => void;
}

/** Knows the topics that the task has written to, and sees to it that a new one exists before its first record. */
export class TopicUse {
  private readonly known = new Set<string>();

  constructor(private readonly options: TopicUseOptions) {}

  /** Topics that {@link prepare} has not seen. Costs one comparison a record while the topic stays the same. */
  unknownIn(records: readonly { readonly topic: string }[]): readonly string[] {
    let last: string | undefined;
    let unknown: Set<string> | undefined;
    for (const { topic } of records) {
      if (topic === last) continue;
      last = topic;
      if (!this.known.has(topic)) (unknown ??= new Set()).add(topic);
    }
    return unknown === undefined ? [] : [...unknown];
  }

  /** Creates what is missing. Retriable errors pass through as they are. */
  async prepare(topics: readonly string[]): Promise<void> {
    const { creation, used, forbidden } = this.options;
    for (const topic of topics) {
      if (topic === forbidden) {
        throw new ConnectError(
          'Source tasks may not produce to their own offsets topics when exactly-once support is enabled',
        );
      }
      if (creation !== undefined) await ensureTopic(creation, topic);
      this.known.add(topic);
      used(topic);
    }
  }

  async close(): Promise<void> {
    await this.options.creation?.admin.close();
  }
}

async function ensureTopic(creation: NonNullable<TopicUseOptions['creation']>, topic: string): Promise<void> {
  try {
    const existing = await creation.admin.partitionCounts([topic]);
    if (!existing.has(topic)) await creation.admin.createTopic(creation.specFor(topic));
  } catch (cause) {
    if (isRetriable(cause)) throw cause;
    throw new ConnectError(
      `Task failed to create new topic ${topic}. Ensure that the task is authorized to create topics or that the topic exists and restart the task`,
      { cause },
    );
  }
}
