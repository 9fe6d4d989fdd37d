import { parseDatePattern, type PatternItem } from './date-pattern.js';
import { formatDate } from './format-date.js';
import { parseDate } from './parse-date.js';

/** Java's SimpleDateFormat in English and UTC. Throws an `IllegalArgumentError` for a pattern that it refuses. */
export class SimpleDateFormat {
  readonly #items: readonly PatternItem[];

  constructor(
    readonly pattern: string,
    private readonly now: () => number = Date.now,
  ) {
    this.#items = parseDatePattern(pattern);
  }

  format(date: Date): string {
    return formatDate(this.#items, date.getTime());
  }

  /** Undefined for a text that does not begin in this form. */
  parse(text: string): Date | undefined {
    const ms = parseDate(this.#items, text, this.now());
    return ms === undefined ? undefined : new Date(ms);
  }
}
