import { ConfigDef, validList, type ConnectRecord, type Props } from '@tributary/connect-api';
import { BuiltInTransformation, PACKAGE } from '../record/built-in.js';

const CONFIG = ConfigDef.define({
  headers: {
    type: 'LIST',
    importance: 'HIGH',
    documentation: 'Names of the headers to remove, each wherever it occurs.',
    validator: validList(),
  },
});

/** Removes headers by name. */
export class DropHeaders extends BuiltInTransformation {
  static readonly className = `${PACKAGE}.DropHeaders`;
  #names: ReadonlySet<string> = new Set();

  override config(): ConfigDef {
    return CONFIG;
  }

  override configure(configs: Props): void {
    this.#names = new Set(CONFIG.parse(configs).list('headers'));
  }

  override apply<R extends ConnectRecord>(record: R): R {
    const { headers } = record;
    if (headers === undefined || !headers.some(({ key }) => this.#names.has(key))) return record;
    return { ...record, headers: headers.filter(({ key }) => !this.#names.has(key)) };
  }
}
