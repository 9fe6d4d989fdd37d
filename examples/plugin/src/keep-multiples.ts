import {
  ConfigDef,
  DataError,
  between,
  type ConnectRecord,
  type Props,
  type Transformation,
} from '@tributary/connect-api';

const CONFIG = ConfigDef.define({
  of: {
    type: 'INT',
    importance: 'HIGH',
    documentation: 'What the numbers that stay are multiples of.',
    validator: between(1, 1_000_000_000),
  },
});

/** Drops records whose `number` is no multiple of `of`, and adds how many times it is. */
export class KeepMultiples implements Transformation {
  static readonly className = 'com.example.KeepMultiples';
  #of = 1;

  version(): string {
    return '1.0.0';
  }

  config(): ConfigDef {
    return CONFIG;
  }

  configure(configs: Props): void {
    this.#of = CONFIG.parse(configs).int('of');
  }

  apply(record: ConnectRecord): ConnectRecord | null {
    const { value } = record;
    if (typeof value !== 'object' || value === null || !('number' in value) || typeof value.number !== 'number') {
      throw new DataError('KeepMultiples needs a value with a number in it');
    }
    if (value.number % this.#of !== 0) return null;
    return { ...record, value: { ...value, times: value.number / this.#of } };
  }
}
