import { BooleanConverter } from '../boolean-converter.js';
import { ByteArrayConverter } from '../byte-array-converter.js';
import type { ConverterBase } from '../converter-base.js';
import { JsonConverter } from '../json/json-converter.js';
import {
  DoubleConverter,
  FloatConverter,
  IntegerConverter,
  LongConverter,
  ShortConverter,
} from '../number-converters.js';
import { StringConverter } from '../string-converter.js';

const BY_WORD: Readonly<Record<string, new () => ConverterBase>> = {
  json: JsonConverter,
  string: StringConverter,
  bytes: ByteArrayConverter,
  boolean: BooleanConverter,
  short: ShortConverter,
  integer: IntegerConverter,
  long: LongConverter,
  float: FloatConverter,
  double: DoubleConverter,
};

/** A converter as the vectors call it, configured for values. */
export function converterFor(word: string, configs: Readonly<Record<string, string>>): ConverterBase {
  const type = BY_WORD[word];
  if (type === undefined) throw new Error(`No converter is called ${word}`);
  const converter = new type();
  converter.configure({ configs, isKey: false });
  return converter;
}
