import { ConfigError, invalidValue } from '@tributary/connect-api';
import { CAST_TYPES, type CastType } from '../values/cast-value.js';
import { splitAtColons } from './pairs.js';

const ALL_TYPES: readonly string[] = [...CAST_TYPES, 'BYTES', 'ARRAY', 'MAP', 'STRUCT'];

/** What to cast: fields by name, or the whole. */
export interface Casts {
  readonly fields: ReadonlyMap<string, CastType>;
  readonly whole: CastType | undefined;
}

/** Reads `field:type` pairs, or one type for the whole; throws a {@link ConfigError}. */
export function castsIn(spec: readonly string[]): Casts {
  const fields = new Map<string, CastType>();
  let whole: CastType | undefined;
  for (const mapping of spec) {
    const [first = '', second, ...more] = splitAtColons(mapping);
    if (more.length > 0) throw invalidValue('renames', spec, `Invalid rename mapping: ${mapping}`);
    if (second === undefined) whole = castType(first.trim().toUpperCase(), first);
    else fields.set(first.trim(), castType(second.trim().toUpperCase(), second));
  }
  if (whole !== undefined && spec.length > 1) {
    throw new ConfigError(
      'Cast transformations that specify a type to cast the entire value to may only specify a single cast in their spec',
    );
  }
  return { fields, whole };
}

function castType(name: string, text: string): CastType {
  const type = CAST_TYPES.find((each) => each === name);
  if (type !== undefined) return type;
  if (ALL_TYPES.includes(name)) {
    throw new ConfigError(
      `Cast transformation does not support casting to ${name}; supported types are [${CAST_TYPES.join(', ')}]`,
    );
  }
  throw new ConfigError(
    `Invalid value java.lang.IllegalArgumentException: No enum constant org.apache.kafka.connect.data.Schema.Type.${name} ` +
      `for configuration Invalid type found in casting spec: ${text.trim()}`,
  );
}
