import { BadRequestError } from '@tributary/connect-api';

/** undefined: open */
interface Interval {
  readonly lower: string | undefined;
  readonly lowerInclusive: boolean;
  readonly upper: string | undefined;
  readonly upperInclusive: boolean;
}

/**
 * The versions that a `*.plugin.version` property asks for, written as Maven does: `1.2` is this version and no other,
 * `[1.0,2.0)` a range, `[1.0,)` open above, `(,1.0],[1.2,)` a union. Throws a {@link BadRequestError} for anything else.
 */
export class VersionRange {
  private constructor(private readonly intervals: readonly Interval[]) {}

  /** Undefined for nothing and for `latest`, which mean the newest of all. */
  static parse(spec: string): VersionRange | undefined {
    const text = spec.trim();
    if (text === '' || text === 'latest') return undefined;
    const whole = /^[[(]/.test(text) ? text : `[${text}]`;
    const intervals: Interval[] = [];
    let rest = whole;
    while (/^[[(]/.test(rest)) {
      const end = rest.search(/[\])]/) + 1;
      if (end === 0) throw new BadRequestError(`Unbounded range: ${whole}`);
      const next = interval(rest.slice(0, end));
      const before = intervals.at(-1)?.upper;
      if (before !== undefined && (next.lower === undefined || compareVersions(next.lower, before) < 0)) {
        throw new BadRequestError(`Ranges overlap: ${whole}`);
      }
      intervals.push(next);
      rest = rest.slice(end).replace(/^\s*,?\s*/, '');
    }
    if (rest !== '') {
      throw new BadRequestError(`Only fully-qualified sets allowed in multiple set scenario: ${whole}`);
    }
    return new VersionRange(intervals);
  }

  contains(version: string): boolean {
    return this.intervals.some(
      ({ lower, lowerInclusive, upper, upperInclusive }) =>
        isWithin(lower === undefined ? undefined : compareVersions(version, lower), lowerInclusive) &&
        isWithin(upper === undefined ? undefined : compareVersions(upper, version), upperInclusive),
    );
  }

  /** As errors show it: a single version as `[1.2,1.2]`. */
  toString(): string {
    return this.intervals
      .map(({ lower = '', lowerInclusive, upper = '', upperInclusive }) => {
        return `${lowerInclusive ? '[' : '('}${lower},${upper}${upperInclusive ? ']' : ')'}`;
      })
      .join();
  }
}

/** @param text with its brackets */
function interval(text: string): Interval {
  const [lowerInclusive, upperInclusive] = [text.startsWith('['), text.endsWith(']')];
  const [low = '', ...more] = text.slice(1, -1).trim().split(',');
  if (more.length === 0) {
    if (!lowerInclusive || !upperInclusive)
      throw new BadRequestError(`Single version must be surrounded by []: ${text}`);
    return { lower: low, lowerInclusive, upper: low, upperInclusive };
  }
  const [lower, upper] = [low.trim() || undefined, more.join().trim() || undefined];
  const order = lower === undefined || upper === undefined ? -1 : compareVersions(lower, upper);
  if (order > 0 || (order === 0 && !(lowerInclusive && upperInclusive))) {
    throw new BadRequestError(`Range defies version ordering: ${text}`);
  }
  return { lower, lowerInclusive, upper, upperInclusive };
}

/** @param order how far inside of a bound; undefined: there is none */
function isWithin(order: number | undefined, inclusive: boolean): boolean {
  return order === undefined || order > 0 || (order === 0 && inclusive);
}

/** Order of qualifiers around a release, which has none. */
const QUALIFIERS = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];

/** Negative, 0 or positive as `a` is older than, the same as or newer than `b`: 1.9 < 1.10, 1.0-rc1 < 1.0 = 1. */
export function compareVersions(a: string, b: string): number {
  const left = parts(a);
  const right = parts(b);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = comparePart(left[i], right[i]);
    if (order !== 0) return order;
  }
  return 0;
}

function parts(version: string): (number | string)[] {
  const words = version.toLowerCase().match(/[0-9]+|[a-z]+/g) ?? [];
  return words.map((word) => (/^[0-9]/.test(word) ? Number(word) : word));
}

function comparePart(a: number | string | undefined, b: number | string | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'number') return b === undefined ? a : 1;
  if (typeof b === 'number') return a === undefined ? -b : -1;
  return rank(a ?? '') - rank(b ?? '') || (a ?? '').localeCompare(b ?? '');
}

function rank(qualifier: string): number {
  const known = QUALIFIERS.indexOf(qualifier);
  return known < 0 ? QUALIFIERS.length : known;
}
