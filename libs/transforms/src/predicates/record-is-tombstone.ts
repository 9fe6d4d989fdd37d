import { ConfigDef, type ConnectRecord } from '@tributary/connect-api';
import { BuiltInPredicate, PACKAGE } from '../record/built-in.js';

const CONFIG = ConfigDef.define({});

/** Accepts records whose value is null. */
export class RecordIsTombstone extends BuiltInPredicate {
  static readonly className = `${PACKAGE}.predicates.RecordIsTombstone`;

  override config(): ConfigDef {
    return CONFIG;
  }

  override configure(): void {}

  override test({ value }: ConnectRecord): boolean {
    return value === null || value === undefined;
  }
}
