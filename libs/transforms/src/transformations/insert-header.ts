import { ConfigDef, headersOf, nonNull, parseHeaderText, type ConnectRecord, type Props } from '@tributary/connect-api';
import { BuiltInTransformation, PACKAGE } from '../record/built-in.js';

const CONFIG = ConfigDef.define({
  header: { type: 'STRING', importance: 'HIGH', documentation: 'The name of the header.', validator: nonNull },
  'value.literal': {
    type: 'STRING',
    importance: 'HIGH',
    documentation:
      'The value of the header, as a text from which its type is read: `1`, `true`, `[1,2]`, `{"a":1}`, `x`.',
    validator: nonNull,
  },
});

/** Adds a header with a fixed value. */
export class InsertHeader extends BuiltInTransformation {
  static readonly className = `${PACKAGE}.InsertHeader`;
  #name = '';
  #value = parseHeaderText('');

  override config(): ConfigDef {
    return CONFIG;
  }

  override configure(configs: Props): void {
    const config = CONFIG.parse(configs);
    this.#name = config.string('header');
    this.#value = parseHeaderText(config.string('value.literal'));
  }

  override apply<R extends ConnectRecord>(record: R): R {
    const { schema, value } = this.#value;
    return { ...record, headers: [...headersOf(record), { key: this.#name, schema, value }] };
  }
}
