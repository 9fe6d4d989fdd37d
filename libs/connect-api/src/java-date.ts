import { DAY_MS, calendarDay } from './calendar.js';

/*
 * Java's Date.toString: `Thu Jan 02 03:04:05 UTC 2020`, in the time zone of the process. The zone's short name comes from
 * whichever English locale has one, as each knows the names of its own part of the world only; else it is `GMT+03:00`.
 */

const LOCALES = ['en-US', 'en-GB', 'en-AU', 'en-NZ', 'en-IN', 'en-ZA', 'en-CA'];
const OFFSET = /^GMT[+-]/;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

interface Names {
  readonly clock: Intl.DateTimeFormat;
  readonly zones: readonly Intl.DateTimeFormat[];
}
const byZone = new Map<string, Names>();

const processZone: { setting: string | undefined; name: string | undefined } = { setting: undefined, name: undefined };

/** Asking for the zone is slow, so it is asked again only when TZ has changed. */
function zoneOfProcess(): string {
  const setting = process.env['TZ'];
  if (processZone.name === undefined || processZone.setting !== setting) {
    processZone.setting = setting;
    processZone.name = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  }
  return processZone.name;
}

/** @param zone an IANA name; the process's zone where it is left out */
export function javaDate(date: Date, zone = zoneOfProcess()): string {
  if (Number.isNaN(date.getTime())) return 'Invalid Date';
  let names = byZone.get(zone);
  if (names === undefined) byZone.set(zone, (names = namesFor(zone)));
  const part = partsOf(names.clock, date);
  const { year, month, day } = calendarDay(localDay(date, part));
  const clock = `${part('hour')}:${part('minute')}:${part('second')}`;
  // Years before Christ are counted without saying so.
  const shownYear = year > 0 ? year : 1 - year;
  const dayOfMonth = String(day).padStart(2, '0');
  return `${part('weekday')} ${MONTHS[month]} ${dayOfMonth} ${clock} ${zoneName(names, zone, date)} ${shownYear}`;
}

type Parts = (type: Intl.DateTimeFormatPartTypes) => string;

/** The number of the day, counted from 1970-01-01, that it is in the zone of these parts. */
function localDay(date: Date, part: Parts): number {
  const seconds = (Number(part('hour')) * 60 + Number(part('minute'))) * 60 + Number(part('second'));
  const nearest = Math.round((date.getTime() - seconds * 1000) / DAY_MS);
  // A zone may be half a day off, or more: of these days only one has this number in its month.
  const isIt = (day: number): boolean => new Date(day * DAY_MS).getUTCDate() === Number(part('day'));
  return [nearest, nearest - 1, nearest + 1].find(isIt) ?? nearest;
}

function namesFor(timeZone: string): Names {
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    month: 'short',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    year: 'numeric',
    hourCycle: 'h23',
  });
  return {
    clock,
    zones: LOCALES.map((locale) => new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'short' })),
  };
}

function partsOf(format: Intl.DateTimeFormat, date: Date): Parts {
  const parts = format.formatToParts(date);
  return (type) => parts.find((part) => part.type === type)?.value ?? '';
}

function zoneName(names: Names, zone: string, date: Date): string {
  if (zone === 'UTC' || zone === 'Etc/UTC') return 'UTC';
  let first = '';
  for (const format of names.zones) {
    const name = partsOf(format, date)('timeZoneName');
    if (!OFFSET.test(name)) return name;
    first ||= name;
  }
  return first.replace(/^(GMT[+-])(\d+)(?::(\d+))?$/, (_, sign: string, hours: string, minutes = '00') => {
    return `${sign}${hours.padStart(2, '0')}:${minutes}`;
  });
}
