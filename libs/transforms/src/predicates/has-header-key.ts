import { ConfigDef, headersOf, nonEmptyString, type ConnectRecord, type Props } from '@tributary/connect-api';
import { BuiltInPredicate, PACKAGE } from '../record/built-in.js';

const CONFIG = ConfigDef.define({
  name: {
    type: 'STRING',
    importance: 'MEDIUM',
    documentation: 'The name of the header.',
    validator: nonEmptyString,
  },
});

/** Accepts records that have a header of that name. */
export class HasHeaderKey extends BuiltInPredicate {
  static readonly className = `${PACKAGE}.predicates.HasHeaderKey`;
  #name = '';

  override config(): ConfigDef {
    return CONFIG;
  }

  override configure(configs: Props): void {
    this.#name = CONFIG.parse(configs).string('name');
  }

  override test(record: ConnectRecord): boolean {
    return headersOf(record).some(({ key }) => key === this.#name);
  }
}
