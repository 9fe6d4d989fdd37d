/** A partition or an offset as a client sends it: whether its values may be there is still to be checked. */
export type RequestedMap = Readonly<Record<string, unknown>>;

/** What a client wants of one partition; `offset` null: that it is forgotten. */
export interface RequestedOffset {
  readonly partition: RequestedMap | null;
  readonly offset: RequestedMap | null;
}

/**
 * Body of `GET /connectors/C/offsets`: `{"offsets":[{"partition":{..},"offset":{..}}]}`. For sinks partitions are
 * `{"kafka_partition":0,"kafka_topic":"t"}` and offsets `{"kafka_offset":6}`, in this order.
 */
export interface ConnectorOffsetsBody {
  readonly offsets: readonly { readonly partition: RequestedMap; readonly offset: RequestedMap }[];
}
