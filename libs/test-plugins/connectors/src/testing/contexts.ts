import type { Props, SinkRecord, SinkTaskContext, SourceOffset, SourceTaskContext } from '@tributary/connect-api';

const LOG = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** What a source task is given: `stored` is the offset that an earlier run left, whatever the partition. */
export function sourceContext(stored: SourceOffset | null = null): SourceTaskContext {
  return {
    connectorName: 'c',
    taskId: 0,
    configs: (): Props => ({}),
    log: LOG,
    offsetReader: { offset: async () => stored, offsets: async (partitions) => partitions.map(() => stored) },
    signal: new AbortController().signal,
  };
}

/** What a sink task is given; `timeouts` collects what it asked for. */
export function sinkContext(timeouts: number[]): SinkTaskContext {
  return {
    connectorName: 'c',
    taskId: 0,
    configs: (): Props => ({}),
    log: LOG,
    assignment: () => [],
    seek: () => undefined,
    timeout: (ms) => timeouts.push(ms),
    pause: () => undefined,
    resume: () => undefined,
    requestCommit: () => undefined,
    errantRecordReporter: null,
    signal: new AbortController().signal,
  };
}

/** A record as a sink task gets it, the first of topic `t` where `init` says nothing else. */
export function sinkRecord(init: Partial<SinkRecord>): SinkRecord {
  return {
    topic: 't',
    kafkaPartition: 0,
    kafkaOffset: 0,
    keySchema: null,
    key: null,
    valueSchema: null,
    value: null,
    timestamp: null,
    timestampType: 'NoTimestampType',
    headers: undefined,
    originalTopic: 't',
    originalKafkaPartition: 0,
    originalKafkaOffset: 0,
    ...init,
  };
}
