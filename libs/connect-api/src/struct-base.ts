import type { ConnectValue, Schema } from './schema.js';

/** What helpers that walk over values need of a `Struct`, apart from it so that it can use them. */
export abstract class StructBase {
  abstract readonly schema: Schema;
  abstract at(index: number): ConnectValue;
  abstract validate(): void;
  abstract equals(other: StructBase): boolean;
  abstract toString(): string;
}
