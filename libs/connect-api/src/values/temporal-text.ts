import { DAY_MS, inItsCalendar } from '../calendar.js';
import { DateSchema, TimeSchema, TimestampSchema } from '../logical-types.js';
import type { SchemaAndValue } from '../schema.js';

const DATE = /^[\0- ]*(\d+)-[\0- ]*(-?\d+)-[\0- ]*(-?\d+)/;
const TIME = /^[\0- ]*(\d+):[\0- ]*(-?\d+):[\0- ]*(-?\d+)\.[\0- ]*(-?\d+)Z/;
const TIMESTAMP =
  /^[\0- ]*(\d+)-[\0- ]*(-?\d+)-[\0- ]*(-?\d+)T[\0- ]*(-?\d+):[\0- ]*(-?\d+):[\0- ]*(-?\d+)\.[\0- ]*(-?\d+)Z/;

/**
 * `2020-01-02`, `12:34:56.789Z` or `2020-01-02T03:04:05.678Z`, told apart by their length. Parts that are too large roll
 * over: month 13 is January of the next year. Undefined for any other text.
 */
export function parseTemporal(text: string): SchemaAndValue | undefined {
  const unescaped = text.replaceAll('\\:', ':');
  switch (unescaped.length) {
    case 10:
      return parsed(DATE, unescaped, DateSchema.SCHEMA, 0);
    case 13:
      return parsed(TIME, unescaped, TimeSchema.SCHEMA, 3);
    case 24:
      return parsed(TIMESTAMP, unescaped, TimestampSchema.SCHEMA, 0);
    default:
      return undefined;
  }
}

function parsed(
  pattern: RegExp,
  text: string,
  schema: SchemaAndValue['schema'],
  skip: number,
): SchemaAndValue | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const parts = match.slice(1).map(Number);
  const [year = 1970, month = 1, day = 1] = skip === 0 ? parts : [];
  const [hours = 0, minutes = 0, seconds = 0, ms = 0] = parts.slice(skip === 0 ? 3 : 0);
  const date = new Date(midnight(year, month, day));
  date.setUTCHours(hours, minutes, seconds, ms);
  return Number.isNaN(date.getTime()) ? undefined : { schema, value: date };
}

/** Milliseconds since the epoch, in the calendar of that time, as in Java's default calendar. */
function midnight(year: number, month: number, day: number): number {
  return inItsCalendar((start) => start(year, month - 1) + day - 1) * DAY_MS;
}
