import { calendarDay, dayOf, monthStart, timeOfDay, weekday } from '@tributary/connect-api';
import { isoWeekday, weekOfMonth, weekOfYear } from './date-fields.js';
import type { DateLetter, PatternItem } from './date-pattern.js';
import { ERAS, HALVES_OF_DAY, MONTHS, WEEKDAYS, short } from './names.js';

/** A moment in the words of a pattern, UTC. `ms`: since the epoch. */
export function formatDate(items: readonly PatternItem[], ms: number | bigint): string {
  const day = dayOf(ms);
  const time = timeOfDay(ms);
  return items.map((item) => (item.kind === 'text' ? item.text : part(item.letter, item.count, day, time))).join('');
}

function part(letter: DateLetter, count: number, day: number, time: number): string {
  const date = calendarDay(day);
  const hours = Math.floor(time / 3_600_000);
  switch (letter) {
    case 'G':
      return ERAS[date.year > 0 ? 1 : 0] ?? '';
    case 'y':
      return yearText(date.year > 0 ? date.year : 1 - date.year, count);
    case 'Y':
      return yearText(weekOfYear(day).year, count);
    case 'M':
    case 'L':
      return count < 3 ? padded(date.month + 1, count) : nameText(MONTHS[date.month], count);
    case 'w':
      return padded(weekOfYear(day).week, count);
    case 'W':
      return padded(weekOfMonth(day), count);
    case 'D':
      return padded(day - monthStart(date.year, 0) + 1, count);
    case 'd':
      return padded(date.day, count);
    case 'F':
      return padded(Math.floor((date.day - 1) / 7) + 1, count);
    case 'E':
      return nameText(WEEKDAYS[weekday(day) - 1], count);
    case 'u':
      return padded(isoWeekday(day), count);
    case 'a':
      return HALVES_OF_DAY[hours < 12 ? 0 : 1] ?? '';
    case 'H':
      return padded(hours, count);
    case 'k':
      return padded(hours === 0 ? 24 : hours, count);
    case 'K':
      return padded(hours % 12, count);
    case 'h':
      return padded(hours % 12 === 0 ? 12 : hours % 12, count);
    case 'm':
      return padded(Math.floor(time / 60_000) % 60, count);
    case 's':
      return padded(Math.floor(time / 1000) % 60, count);
    case 'S':
      return padded(time % 1000, count);
    case 'z':
      return count >= 4 ? 'Coordinated Universal Time' : 'UTC';
    case 'Z':
      return '+0000';
    case 'X':
      return 'Z';
  }
}

/** `yy` are the last two digits, all other counts the least number of digits. */
function yearText(year: number, count: number): string {
  return count === 2 ? padded(year % 100, 2) : padded(year, count);
}

function nameText(name = '', count: number): string {
  return count >= 4 ? name : short(name);
}

function padded(value: number, count: number): string {
  return value < 0 ? `-${padded(-value, count)}` : String(value).padStart(count, '0');
}
