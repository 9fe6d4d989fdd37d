/** What dates are called, in English. The first form of each is what a long pattern letter prints. */
export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
export const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
export const HALVES_OF_DAY = ['AM', 'PM'];
export const ERAS = ['BC', 'AD'];

const HOUR_MS = 3_600_000;

/** Time zones that a text may name: those whose names mean one offset. Milliseconds east of UTC. */
export const ZONES: ReadonlyMap<string, number> = new Map([
  ['UTC', 0],
  ['Coordinated Universal Time', 0],
  ['GMT', 0],
  ['Greenwich Mean Time', 0],
  ['EST', -5 * HOUR_MS],
  ['EDT', -4 * HOUR_MS],
  ['CST', -6 * HOUR_MS],
  ['CDT', -5 * HOUR_MS],
  ['MST', -7 * HOUR_MS],
  ['MDT', -6 * HOUR_MS],
  ['PST', -8 * HOUR_MS],
  ['PDT', -7 * HOUR_MS],
]);

/** The first three letters, as short pattern letters print them. */
export function short(name: string): string {
  return name.slice(0, 3);
}
