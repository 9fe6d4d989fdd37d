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

  /** @param ms since the epoch */
  format(ms: number | bigint): string {
    return formatDate(this.#items, ms);
  }

  /** Milliseconds since the epoch; undefined for a text that does not begin in this form. */
  parse(text: string): number | undefined {
    return parseDate(this.#items, text, this.now());
  }
}
