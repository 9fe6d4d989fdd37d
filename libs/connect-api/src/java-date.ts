/*
 * Java's Date.toString: `Thu Jan 02 03:04:05 UTC 2020`, in the time zone of the process. The zone's short name comes from
 * whichever English locale has one, as each knows the names of its own part of the world only; else it is `GMT+03:00`.
 */

const LOCALES = ['en-US', 'en-GB', 'en-AU', 'en-NZ', 'en-IN', 'en-ZA', 'en-CA'];
const OFFSET = /^GMT[+-]/;

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
  const clock = `${part('hour')}:${part('minute')}:${part('second')}`;
  return `${part('weekday')} ${part('month')} ${part('day')} ${clock} ${zoneName(names, zone, date)} ${part('year')}`;
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

function partsOf(format: Intl.DateTimeFormat, date: Date): (type: Intl.DateTimeFormatPartTypes) => string {
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
