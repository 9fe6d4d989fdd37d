import { hashMapKeyOrder } from '@tributary/connect-api';

/** A map as the reference prints it in messages: `{a=b, c=null}`, in the order of a HashMap that is copied from another map. */
export function javaMapText(map: Readonly<Record<string, string | null>>): string {
  const keys = Object.keys(map);
  const capacity = 2 ** Math.ceil(Math.log2(Math.floor(keys.length / 0.75 + 1)));
  return `{${hashMapKeyOrder(keys, capacity)
    .map((key) => `${key}=${map[key]}`)
    .join(', ')}}`;
}
