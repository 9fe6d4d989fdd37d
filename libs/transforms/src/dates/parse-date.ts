import { DAY_MS, calendarDay, monthStart } from '@tributary/connect-api';
import { DateFields, type DateField } from './date-fields.js';
import type { DateLetter, PatternItem } from './date-pattern.js';
import { ERAS, HALVES_OF_DAY, MONTHS, WEEKDAYS, short } from './names.js';
import { parseZone } from './parse-zone.js';

/** A two-digit year is one of the hundred that begin so many years ago. */
const YEARS_BACK = 80;
/** What a Date can hold. */
const MAX_MS = 8.64e15;

const NUMBERS: Readonly<Partial<Record<DateLetter, DateField>>> = {
  w: 'weekOfYear',
  W: 'weekOfMonth',
  D: 'dayOfYear',
  d: 'dayOfMonth',
  F: 'dayOfWeekInMonth',
  H: 'hourOfDay',
  K: 'hour',
  m: 'minute',
  s: 'second',
  S: 'millisecond',
};
const NAMES: Readonly<
  Partial<Record<DateLetter, readonly (readonly [name: string, field: DateField, value: number])[]>>
> = {
  G: named(ERAS, 'era'),
  M: withShort(named(MONTHS, 'month')),
  L: withShort(named(MONTHS, 'month')),
  E: withShort(named(WEEKDAYS, 'dayOfWeek').map(([name, field, value]) => [name, field, value + 1] as const)),
  a: named(HALVES_OF_DAY, 'amPm'),
};

interface Position {
  readonly text: string;
  at: number;
}

/**
 * The moment that a text means which begins in the form of a pattern; milliseconds since the epoch. Numbers may have more
 * or fewer digits than letters, unless another number follows at once; values out of range roll over; what is left of the
 * text does not matter. Undefined for a text of another form.
 *
 * @param now milliseconds since the epoch, for years of two digits
 */
export function parseDate(items: readonly PatternItem[], text: string, now: number): number | undefined {
  const fields = new DateFields();
  const position: Position = { text, at: 0 };
  const century = centuryStart(now);
  let ambiguous: { readonly field: DateField; readonly year: number } | undefined;
  for (const [index, item] of items.entries()) {
    if (item.kind === 'text') {
      if (!text.startsWith(item.text, position.at)) return undefined;
      position.at += item.text.length;
      continue;
    }
    const start = position.at;
    while (' \t'.includes(text.charAt(position.at)) && position.at < text.length) position.at++;
    if (position.at >= text.length) return undefined;
    const next = items[index + 1];
    const adjacent = next?.kind === 'letter' && isNumber(next);
    const limit = adjacent ? start + item.count : undefined;
    if (limit !== undefined && limit > text.length && isNumber(item)) return undefined;
    if (item.letter === 'y' || item.letter === 'Y') {
      const from = position.at;
      const value = number(position, limit);
      if (value === undefined) return undefined;
      const twoDigits = item.count <= 2 && /^\d\d$/.test(text.slice(from, position.at));
      const year = twoDigits ? nearYear(value, century.year) : value;
      const field = item.letter === 'y' ? 'year' : 'weekYear';
      if (twoDigits && value === century.year % 100) ambiguous = { field, year };
      fields.set(field, year);
    } else if (isName(item)) {
      position.at = start;
      if (!readName(item.letter, position, fields)) return undefined;
    } else if (!readField(item, position, limit, fields)) {
      return undefined;
    }
  }
  const read = fields.toMs();
  const ms =
    ambiguous !== undefined && read < century.ms ? fields.set(ambiguous.field, ambiguous.year + 100).toMs() : read;
  return Math.abs(ms) <= MAX_MS ? ms : undefined;
}

function readField(
  { letter, count }: Letters,
  position: Position,
  limit: number | undefined,
  fields: DateFields,
): boolean {
  if (letter === 'z' || letter === 'Z' || letter === 'X') {
    const zone = parseZone(position.text, position.at, letter, count);
    if (zone === undefined) return false;
    position.at = zone.end;
    fields.set('zoneOffset', zone.offsetMs);
    return true;
  }
  const value = number(position, limit);
  if (value === undefined) return false;
  if (letter === 'M' || letter === 'L') fields.set('month', value - 1);
  else if (letter === 'k') fields.set('hourOfDay', value === 24 ? 0 : value);
  else if (letter === 'h') fields.set('hour', value === 12 ? 0 : value);
  else if (letter === 'u') fields.set('dayOfWeek', value === 7 ? 1 : value >= 1 && value <= 6 ? value + 1 : value);
  else fields.set(NUMBERS[letter] ?? 'dayOfMonth', value);
  return true;
}

/** No blanks may stand before a name. */
function readName(letter: DateLetter, position: Position, fields: DateFields): boolean {
  const rest = position.text.slice(position.at).toLowerCase();
  const fitting = (NAMES[letter] ?? []).filter(([name]) => rest.startsWith(name.toLowerCase()));
  const [name, field, value] = fitting.sort((a, b) => b[0].length - a[0].length)[0] ?? [];
  if (name === undefined || field === undefined || value === undefined) return false;
  position.at += name.length;
  fields.set(field, value);
  return true;
}

/** Reads an integer that may be negative; `limit` is where it must end. */
function number(position: Position, limit: number | undefined): number | undefined {
  const digits = /^-?\d+/.exec(position.text.slice(position.at, limit))?.[0];
  if (digits === undefined) return undefined;
  position.at += digits.length;
  const exact = BigInt(digits);
  if (BigInt.asIntN(64, exact) === exact) return Number(BigInt.asIntN(32, exact));
  return exact < 0n ? -(2 ** 31) : 2 ** 31 - 1;
}

type Letters = Extract<PatternItem, { kind: 'letter' }>;

function isName({ letter, count }: Letters): boolean {
  return 'GEa'.includes(letter) || ('ML'.includes(letter) && count > 2);
}

function isNumber(item: Letters): boolean {
  return !isName(item) && !'zZX'.includes(item.letter);
}

function centuryStart(now: number): { year: number; ms: number } {
  const { year, month, day } = calendarDay(Math.floor(now / DAY_MS));
  const ms = (monthStart(year - YEARS_BACK, month) + day - 1) * DAY_MS + (now % DAY_MS);
  return { year: year - YEARS_BACK, ms };
}

function nearYear(value: number, first: number): number {
  return value + Math.floor(first / 100) * 100 + (value < first % 100 ? 100 : 0);
}

function named(names: readonly string[], field: DateField): (readonly [string, DateField, number])[] {
  return names.map((name, value) => [name, field, value] as const);
}

function withShort(names: readonly (readonly [string, DateField, number])[]): (readonly [string, DateField, number])[] {
  return [...names, ...names.map(([name, field, value]) => [short(name), field, value] as const)];
}
