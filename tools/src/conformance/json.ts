/** What JSON holds. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type JsonObject = { readonly [key: string]: Json };

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same with each object replaced, from the inside out, by what `change` makes of it. */
export function mapObjects(value: Json, change: (object: JsonObject) => JsonObject): Json {
  if (Array.isArray(value)) return value.map((each: Json) => mapObjects(each, change));
  if (!isObject(value)) return value;
  return change(Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapObjects(each, change)])));
}

/** The same object with its keys in order. */
export function sorted(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Where two values differ, as `path: reference X, here Y`; the order of keys counts. */
export function differences(reference: Json | undefined, here: Json | undefined, path = 'body'): string[] {
  if (JSON.stringify(reference) === JSON.stringify(here)) return [];
  if (Array.isArray(reference) && Array.isArray(here)) {
    const length = Math.max(reference.length, here.length);
    return Array.from({ length }, (_, at) =>
      differences(reference[at] as Json | undefined, here[at] as Json | undefined, `${path}[${at}]`),
    ).flat();
  }
  if (isObject(reference) && isObject(here)) {
    const [theirs, ours] = [Object.keys(reference), Object.keys(here)];
    if (theirs.toString() !== ours.toString() && theirs.toSorted().toString() === ours.toSorted().toString())
      return [`${path}: the keys are in order [${theirs.join(', ')}] there, [${ours.join(', ')}] here`];
    return [...new Set([...theirs, ...ours])].flatMap((key) =>
      differences(reference[key], here[key], `${path}.${key}`),
    );
  }
  return [`${path}: reference ${shown(reference)}, here ${shown(here)}`];
}

const SHOWN = 600;

function shown(value: Json | undefined): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}...`;
}
