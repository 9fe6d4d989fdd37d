import type { ClientProperties } from '../api.js';
import { PropertyReader } from '../properties/property-reader.js';
import type { FetchLimits } from './fetch-request.js';

export interface FetchSettings extends FetchLimits {
  readonly checkCrcs: boolean;
  /** pause before a partition whose fetch did not succeed is tried again, in ms */
  readonly retryBackoffMs: number;
}

/** The Java consumer's properties and defaults. */
export function fetchSettings(properties: ClientProperties): FetchSettings {
  const reader = new PropertyReader(properties);
  return {
    maxWaitMs: reader.integer('fetch.max.wait.ms', 500),
    minBytes: reader.integer('fetch.min.bytes', 1),
    maxBytes: reader.integer('fetch.max.bytes', 52_428_800),
    maxPartitionBytes: reader.integer('max.partition.fetch.bytes', 1_048_576),
    isolation: reader.oneOf('isolation.level', ['read_uncommitted', 'read_committed'], 'read_uncommitted'),
    checkCrcs: reader.boolean('check.crcs', true),
    retryBackoffMs: reader.integer('retry.backoff.ms', 100),
  };
}
