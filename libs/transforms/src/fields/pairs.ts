import { invalidValue } from '@tributary/connect-api';

/** Reads `old:new` pairs; throws a `ConfigError` for anything else. */
export function pairsIn(mappings: readonly string[]): [string, string][] {
  return mappings.map((mapping) => {
    const [from = '', to, ...more] = splitAtColons(mapping);
    if (to === undefined || more.length > 0) {
      throw invalidValue('renames', mappings, `Invalid rename mapping: ${mapping}`);
    }
    return [from, to];
  });
}

/** The parts between colons, as Java splits: empty ones at the end are left out. */
export function splitAtColons(text: string): string[] {
  const parts = text.split(':');
  while (parts.length > 1 && parts.at(-1) === '') parts.pop();
  return parts;
}
