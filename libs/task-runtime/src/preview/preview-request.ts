/** A key, a value or a header's value as a client gives it; null is Kafka's null. `text` is the JSON's where it is JSON. */
export type GivenData = {
  /**
   * text: these characters; base64: these bytes; json: a JSON value without schema; envelope: an object with the
   * members `schema` and `payload`, as a JsonConverter with schemas writes it
   */
  readonly form: 'text' | 'base64' | 'json' | 'envelope';
  readonly text: string;
} | null;

/** A record that a client wants to see go through. */
export interface GivenRecord {
  /** undefined: the only topic that the connector reads */
  readonly topic: string | undefined;
  readonly partition: number | undefined;
  /** undefined: its place among the records */
  readonly offset: number | undefined;
  /** milliseconds since the epoch; undefined: none */
  readonly timestamp: number | undefined;
  readonly key: GivenData;
  readonly value: GivenData;
  readonly headers: readonly { readonly key: string; readonly value: GivenData }[];
}

/** Records of a topic that the connector reads. */
export interface TopicSample {
  /** undefined: the only topic that the connector reads */
  readonly topic: string | undefined;
  /** undefined: all */
  readonly partition: number | undefined;
  /** of the first record; undefined: the last records of each partition */
  readonly offset: number | undefined;
  /** at most so many records, of all partitions together */
  readonly count: number;
}

/** What is to be shown. */
export interface PreviewRequest {
  /** instead of the configuration that is stored */
  readonly config: Readonly<Record<string, string>> | undefined;
  /** true: its passwords may be masked, and are then as they are stored */
  readonly masks: boolean;
  readonly records: readonly GivenRecord[] | TopicSample;
}

/** At most so many records in one preview. */
export const MAX_PREVIEW_RECORDS = 100;
/** Keys, values and headers of all records of a preview together, in bytes. */
export const MAX_PREVIEW_BYTES = 4 * 1024 * 1024;
/** The largest answer, in characters: each record is shown after each step. */
export const MAX_PREVIEW_ANSWER = 16 * 1024 * 1024;
