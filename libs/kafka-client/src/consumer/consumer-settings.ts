import type { ClientProperties } from '../api.js';
import { fetchSettings, type FetchSettings } from '../fetch/fetch-settings.js';
import { groupSettings, type GroupSettings } from '../group/group-settings.js';
import { PropertyReader } from '../properties/property-reader.js';
import { configuredAssignors } from './assignors.js';

export interface ConsumerSettings {
  readonly group: GroupSettings;
  readonly fetch: FetchSettings;
  readonly maxPollRecords: number;
  readonly maxPollIntervalMs: number;
  /** names that the members of a group agree on, best first */
  readonly assignors: readonly string[];
  /** where to read a partition that has no committed offset; `none`: nowhere, `poll` throws */
  readonly reset: 'earliest' | 'latest' | 'none';
  /** topics that are subscribed by name and do not exist may be made by the broker */
  readonly createTopics: boolean;
  readonly excludeInternalTopics: boolean;
  /** how long a commit or a look-up is tried again, in ms */
  readonly apiTimeoutMs: number;
}

/** The Java consumer's properties and defaults. */
export function consumerSettings(properties: ClientProperties): ConsumerSettings {
  const reader = new PropertyReader(properties);
  return {
    group: groupSettings(properties, {
      sessionTimeoutMs: 45_000,
      rebalanceTimeoutProperty: 'max.poll.interval.ms',
      rebalanceTimeoutMs: 300_000,
    }),
    fetch: fetchSettings(properties),
    maxPollRecords: reader.integer('max.poll.records', 500, 1),
    maxPollIntervalMs: reader.integer('max.poll.interval.ms', 300_000, 1),
    assignors: configuredAssignors(reader),
    reset: reader.oneOf('auto.offset.reset', ['earliest', 'latest', 'none'], 'latest'),
    createTopics: reader.boolean('allow.auto.create.topics', true),
    excludeInternalTopics: reader.boolean('exclude.internal.topics', true),
    apiTimeoutMs: reader.integer('default.api.timeout.ms', 60_000),
  };
}
