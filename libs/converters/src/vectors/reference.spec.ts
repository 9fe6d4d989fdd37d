import { Decimal, hashMapKeyOrder, javaDouble, javaFloat, type SchemaAndValue } from '@tributary/connect-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { SimpleHeaderConverter } from '../simple-header-converter.js';
import { converterFor } from './converters-by-word.js';
import { NAMED_VALUES } from './named-values.js';
import { described, outcomeOf, written } from './outcome.js';
import { vectors, type HeaderVector, type ReadVector } from './vector.js';

const headers = new SimpleHeaderConverter();

beforeAll(() => {
  process.env['TZ'] = 'UTC';
});

/** A value's class is compared only where no schema tells it. */
function comparable<T extends object>(outcome: T): object {
  if (!('schema' in outcome) || outcome.schema === null) return outcome;
  return { ...outcome, class: undefined };
}

function readable(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}

function expectSame(
  vector: ReadVector | HeaderVector,
  read: () => SchemaAndValue,
  write: (value: SchemaAndValue) => string | Uint8Array | null,
): void {
  const value = outcomeOf(read);
  expect(comparable('error' in value ? value : described(value))).toEqual(comparable(vector.read));
  if (vector.back !== undefined && !('error' in value)) {
    expect(outcomeOf(() => written(write(value)))).toEqual(vector.back);
  }
}

describe('converters compared with the reference', () => {
  for (const word of ['json', 'string', 'bytes', 'boolean', 'short', 'integer', 'long', 'float', 'double']) {
    it(`${word}: every text is read as the reference reads it and written again as it writes it`, () => {
      for (const vector of vectors('read').filter(({ converter }) => converter === word)) {
        const converter = converterFor(word, vector.config);
        const bytes = Buffer.from(vector.in, 'base64');
        expectSame(
          vector,
          () => converter.toConnectData('t', bytes),
          ({ schema, value }) => converter.fromConnectData('t', schema, value),
        );
      }
    });
  }

  it('json: reading the same envelope again, when its schema is known, gives the same', () => {
    for (const vector of vectors('read').filter(({ converter }) => converter === 'json')) {
      const converter = converterFor('json', vector.config);
      const bytes = Buffer.from(vector.in, 'base64');
      const read = () => described(converter.toConnectData('t', bytes));
      outcomeOf(read);
      expect(comparable(outcomeOf(read)), readable(vector.in)).toEqual(comparable(vector.read));
    }
  });

  it('header texts are read as the reference reads them and written again as it writes them', () => {
    for (const vector of vectors('header')) {
      expectSame(
        vector,
        () => headers.toConnectHeader('t', 'h', Buffer.from(vector.in)),
        ({ schema, value }) => headers.fromConnectHeader('t', 'h', schema, value),
      );
    }
  });

  it('values that no text can be read as are written, or refused, as by the reference', () => {
    for (const { converter, config, value: name, out } of vectors('write')) {
      const [schema, value] = NAMED_VALUES[name] ?? [null, `no value is called ${name}`];
      const write = () =>
        converter === 'header'
          ? headers.fromConnectHeader('t', 'h', schema, value)
          : converterFor(converter, config).fromConnectData('t', schema, value);
      expect(
        outcomeOf(() => written(write())),
        `${converter} ${name}`,
      ).toEqual(out);
    }
  });
});

describe('Java forms compared with the reference', () => {
  it('prints doubles and floats as Java does', () => {
    for (const { bits, text } of vectors('double')) {
      expect(javaDouble(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text);
    }
    for (const { bits, text } of vectors('float')) expect(javaFloat(Buffer.from(bits, 'hex').readFloatBE())).toBe(text);
  });

  it('prints, reads and serializes decimals as Java does', () => {
    for (const { unscaled, scale, text, plain, bytes } of vectors('decimal')) {
      const decimal = new Decimal(BigInt(unscaled), scale);
      expect(decimal.toString()).toBe(text);
      expect(decimal.toPlainString()).toBe(plain);
      expect(decimal.toBytes().toString('base64')).toBe(bytes);
      expect(Decimal.fromString(text)).toEqual(decimal);
      expect(Decimal.fromBytes(decimal.toBytes(), scale)).toEqual(decimal);
    }
  });

  it('orders keys as a HashMap does', () => {
    for (const { keys, order } of vectors('hash')) expect(hashMapKeyOrder(keys)).toEqual(order);
  });
});
