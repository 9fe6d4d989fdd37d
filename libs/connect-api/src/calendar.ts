/*
 * The calendar of Java's dates: Gregorian since 15 October 1582, Julian before. Days are counted from 1970-01-01; weeks
 * begin on Sunday, and the week of 1 January is the first of its year.
 */

/** Milliseconds of a day. */
export const DAY_MS = 86_400_000;
const FIRST_GREGORIAN_DAY = -141_427;
/** 1970-01-01 was a Thursday; Sunday is 1. */
const WEEKDAY_OF_1970 = 5;

export const SUNDAY = 1;

/** The number of the day that a moment is in. `ms`: since the epoch. */
export function dayOf(ms: number | bigint): number {
  if (typeof ms === 'number') return Math.floor(ms / DAY_MS);
  const days = ms / BigInt(DAY_MS);
  return Number(days) - (ms < days * BigInt(DAY_MS) ? 1 : 0);
}

/** Milliseconds since midnight. */
export function timeOfDay(ms: number | bigint): number {
  return floorMod(typeof ms === 'number' ? ms : Number(ms % BigInt(DAY_MS)), DAY_MS);
}

/** A day as calendars write it. */
export interface CalendarDay {
  /** 0 is 1 BC */
  readonly year: number;
  /** 0 to 11 */
  readonly month: number;
  readonly day: number;
}

/** The first day of a month in one of the two calendars. Months beyond the year roll over. */
export type MonthStart = (year: number, month: number) => number;

/** The day that `count` finds by counting from the first days of months, in the calendar of that time. */
export function inItsCalendar(count: (start: MonthStart) => number): number {
  const day = count(gregorianDay);
  return day >= FIRST_GREGORIAN_DAY ? day : count(julianDay);
}

/** The first day of a month, in the calendar of that time. */
export function monthStart(year: number, month: number): number {
  return inItsCalendar((start) => start(year, month));
}

export function calendarDay(day: number): CalendarDay {
  const start = day >= FIRST_GREGORIAN_DAY ? gregorianDay : julianDay;
  // Near enough, and then to the year and month that the day is in.
  let year = Math.floor(day / 365.2425) + 1970;
  while (start(year, 0) > day) year--;
  while (start(year + 1, 0) <= day) year++;
  let month = 0;
  while (month < 11 && start(year, month + 1) <= day) month++;
  return { year, month, day: day - start(year, month) + 1 };
}

/** 1 is Sunday. */
export function weekday(day: number): number {
  return floorMod(day + WEEKDAY_OF_1970 - 1, 7) + 1;
}

/** The last day at or before `day` that is that day of the week. */
export function onOrBefore(day: number, dayOfWeek: number): number {
  return day - floorMod(weekday(day) - dayOfWeek, 7);
}

/** The Sunday at the beginning of the week that `day` is in. */
export function weekStart(day: number): number {
  return onOrBefore(day, SUNDAY);
}

export function floorMod(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}

function gregorianDay(year: number, month: number): number {
  const { years, days } = sinceMarch(year, month);
  return days + Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400) - 719_468;
}

function julianDay(year: number, month: number): number {
  const { years, days } = sinceMarch(year, month);
  return days + Math.floor(years / 4) - 719_470;
}

/** Years begin in March, so that a leap day is the last of them. */
function sinceMarch(year: number, month: number): { years: number; days: number } {
  const months = year * 12 + month - 2;
  const years = Math.floor(months / 12);
  return { years, days: years * 365 + Math.floor((153 * floorMod(months, 12) + 2) / 5) };
}
