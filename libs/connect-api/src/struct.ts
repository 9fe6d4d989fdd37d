import type { ConnectValue, Schema } from './schema.js';

/** A value with named fields, as its schema lists them. */
export class Struct {
  constructor(readonly schema: Schema) {}
  get(_field: string): ConnectValue {
    return undefined;
  }
}
