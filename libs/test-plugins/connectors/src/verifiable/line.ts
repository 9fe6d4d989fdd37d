import { DataError } from '@tributary/connect-api';

/** Members of a line, in the order in which they are printed; a value is JSON text already. */
export type Members = readonly (readonly [name: string, json: string])[];

/** The line that a system test reads, or one that says why there is none. */
export function lineOf(members: () => Members): string {
  try {
    return `{${members()
      .map(([name, json]) => `"${name}":${json}`)
      .join(',')}}`;
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return `Bad data can't be written as json: ${error.message}`;
  }
}
