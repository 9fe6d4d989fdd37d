/** A record's two parts as text; a null value is a tombstone. */
export interface KeyAndValue {
  readonly key: string;
  readonly value: string | null;
}
