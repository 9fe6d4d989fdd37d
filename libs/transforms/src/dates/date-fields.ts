import {
  DAY_MS,
  SUNDAY,
  calendarDay,
  floorMod,
  inItsCalendar,
  monthStart,
  onOrBefore,
  weekday,
  weekStart,
  type MonthStart,
} from '@tributary/connect-api';

/** The fields that a pattern sets; each with its place in the order of setting, of which the latest count. */
export type DateField =
  | 'era'
  | 'year'
  | 'weekYear'
  | 'month'
  | 'weekOfYear'
  | 'weekOfMonth'
  | 'dayOfYear'
  | 'dayOfMonth'
  | 'dayOfWeekInMonth'
  | 'dayOfWeek'
  | 'amPm'
  | 'hour'
  | 'hourOfDay'
  | 'minute'
  | 'second'
  | 'millisecond'
  | 'zoneOffset';

/** Fields that were read from a text, and the moment that they mean. Values out of their range roll over. */
export class DateFields {
  readonly #values = new Map<DateField, { readonly value: number; readonly stamp: number }>();
  #stamp = 0;

  set(field: DateField, value: number): this {
    this.#values.set(field, { value, stamp: ++this.#stamp });
    return this;
  }

  /** Milliseconds since the epoch, UTC. */
  toMs(): number {
    return inItsCalendar((start) => this.#day(start)) * DAY_MS + this.#timeOfDay() - this.#get('zoneOffset', 0);
  }

  #get(field: DateField, otherwise: number): number {
    return this.#values.get(field)?.value ?? otherwise;
  }

  #stampOf(...fields: readonly DateField[]): number {
    const stamps = fields.map((field) => this.#values.get(field)?.stamp ?? 0);
    return stamps.includes(0) ? 0 : Math.max(...stamps);
  }

  #timeOfDay(): number {
    const [byHalf, byDay] = [this.#stampOf('hour', 'amPm'), this.#stampOf('hourOfDay')];
    const best = Math.max(byHalf, byDay) || Math.max(this.#stampOf('hour'), this.#stampOf('amPm'));
    const hours =
      best === byDay && byDay > 0 ? this.#get('hourOfDay', 0) : this.#get('hour', 0) + 12 * this.#get('amPm', 0);
    const minutes = hours * 60 + this.#get('minute', 0);
    return (minutes * 60 + this.#get('second', 0)) * 1000 + this.#get('millisecond', 0);
  }

  #day(monthStart: MonthStart): number {
    if (this.#stampOf('weekYear') > this.#stampOf('year')) return this.#dayOfWeekYear(monthStart);
    const year = this.#year();
    const [ofMonth, ofYear, ofWeek] = [
      this.#stampOf('dayOfMonth'),
      this.#stampOf('dayOfYear'),
      this.#stampOf('dayOfWeek'),
    ];
    let [week, nth, weekOfYear] = [
      this.#stampOf('weekOfMonth', 'dayOfWeek'),
      this.#stampOf('dayOfWeekInMonth', 'dayOfWeek'),
      this.#stampOf('weekOfYear', 'dayOfWeek'),
    ];
    let best = Math.max(ofMonth, week, nth, ofYear, weekOfYear);
    if (best === 0) {
      week = this.#stampOf('weekOfMonth');
      nth = Math.max(this.#stampOf('dayOfWeekInMonth'), ofWeek);
      weekOfYear = this.#stampOf('weekOfYear');
      best = Math.max(week, nth, weekOfYear);
      if (best === 0) return monthStart(year, this.#get('month', 0));
    }
    const given = this.#stampOf('weekOfYear');
    if (best === ofMonth) return monthStart(year, this.#get('month', 0)) + this.#get('dayOfMonth', 1) - 1;
    if (best === week && this.#stampOf('weekOfMonth') >= given) return this.#inMonth(monthStart, year, week, nth);
    if (best === nth && this.#stampOf('dayOfWeekInMonth') >= given) return this.#inMonth(monthStart, year, week, nth);
    if (best === ofYear) return monthStart(year, 0) + this.#get('dayOfYear', 1) - 1;
    return this.#byWeek(monthStart(year, 0), this.#get('weekOfYear', 1));
  }

  /** By week and weekday, or by the first, second, ... such weekday. */
  #inMonth(monthStart: MonthStart, year: number, week: number, nth: number): number {
    const start = monthStart(year, this.#get('month', 0));
    const byWeek = week === nth ? this.#stampOf('weekOfMonth') >= this.#stampOf('dayOfWeekInMonth') : week > nth;
    if (byWeek && this.#stampOf('weekOfMonth') > 0) return this.#byWeek(start, this.#get('weekOfMonth', 1));
    const dayOfWeek = this.#get('dayOfWeek', SUNDAY);
    const count = this.#get('dayOfWeekInMonth', 1);
    if (count >= 0) return onOrBefore(start + 7 * count - 1, dayOfWeek);
    const next = monthStart(year, this.#get('month', 0) + 1);
    return onOrBefore(next + 7 * (count + 1) - 1, dayOfWeek);
  }

  #byWeek(start: number, week: number): number {
    const dayOfWeek = this.#get('dayOfWeek', SUNDAY);
    return onOrBefore(weekStart(start) + 6, dayOfWeek) + 7 * (week - 1);
  }

  #dayOfWeekYear(monthStart: MonthStart): number {
    const start = weekStart(monthStart(this.#get('weekYear', 1970), 0));
    let [week, dayOfWeek] = [this.#get('weekOfYear', 1), this.#get('dayOfWeek', SUNDAY)];
    if (dayOfWeek < 1 || dayOfWeek > 7) {
      // A day beyond the week moves it, and is counted from Monday then.
      week += Math.floor((dayOfWeek - 1) / 7);
      dayOfWeek = ((floorMod(dayOfWeek - 1, 7) + 1) % 7) + 1;
    }
    return start + 7 * (week - 1) + dayOfWeek - SUNDAY;
  }

  /** 0 is 1 BC. */
  #year(): number {
    const year = this.#get('year', 1970);
    return this.#get('era', 1) === 0 ? 1 - year : year;
  }
}

/** The number of the week of the year that a day is in, and the year that this week counts to. */
export function weekOfYear(day: number): { readonly week: number; readonly year: number } {
  const { year } = calendarDay(day);
  const next = monthStart(year + 1, 0);
  if (day >= weekStart(next)) return { week: 1, year: year + 1 };
  return { week: (weekStart(day) - weekStart(monthStart(year, 0))) / 7 + 1, year };
}

/** The number of the week of the month that a day is in. */
export function weekOfMonth(day: number): number {
  const { year, month } = calendarDay(day);
  return (weekStart(day) - weekStart(monthStart(year, month))) / 7 + 1;
}

/** 1 is Monday. */
export function isoWeekday(day: number): number {
  return ((weekday(day) + 5) % 7) + 1;
}
