import { ConfigDef } from '@tributary/connect-api';
import { BuiltInTransformation, PACKAGE } from '../record/built-in.js';

const CONFIG = ConfigDef.define({});

/** Drops every record that it is applied to: of use with a predicate. */
export class Filter extends BuiltInTransformation {
  static readonly className = `${PACKAGE}.Filter`;

  override config(): ConfigDef {
    return CONFIG;
  }

  override configure(): void {}

  override apply(): null {
    return null;
  }
}
