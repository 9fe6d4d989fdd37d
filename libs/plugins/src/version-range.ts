import { BadRequestError } from '@tributary/connect-api';

interface Bound {
  readonly version: string;
  readonly inclusive: boolean;
}

interface Interval {
  readonly lower: Bound | undefined;
  readonly upper: Bound | undefined;
}

const WHOLE = /^\s*[[(][^[\]()]*[\])](\s*,\s*[[(][^[\]()]*[\])])*\s*$/;
const INTERVAL = /([[(])([^[\]()]*)([\])])/g;

/**
 * The versions that a `*.plugin.version` property asks for, written as Maven does: `1.2` is this version and no other,
 * `[1.0,2.0)` a range, `[1.0,)` open above, `(,1.0],[1.2,)` a union. Throws a {@link BadRequestError} for anything else.
 */
export class VersionRange {
  private constructor(
    /** as errors show it: a single version as `[1.2,1.2]` */
    readonly text: string,
    private readonly intervals: readonly Interval[],
  ) {}

  /** Undefined for `latest`, which means the newest of all. */
  static parse(spec: string): VersionRange | undefined {
    const text = spec.trim();
    if (text === '' || text.toLowerCase() === 'latest') return undefined;
    if (!/[[\]()]/.test(text)) return VersionRange.parse(text.includes(',') ? `[${text}]` : `[${text},${text}]`);
    if (!WHOLE.test(text)) {
      throw new BadRequestError(
        /^[[(][^\])]*$/.test(text) ? `Unbounded range: ${text}` : `Invalid version specification: ${text}`,
      );
    }
    const shown = text.replace(/\[([^,[\]()]*)\]/g, '[$1,$1]');
    return new VersionRange(shown, [...text.matchAll(INTERVAL)].map(interval));
  }

  contains(version: string): boolean {
    return this.intervals.some(({ lower, upper }) => isAbove(version, lower) && isBelow(version, upper));
  }

  toString(): string {
    return this.text;
  }
}

function interval([, open, inner = '', close]: RegExpMatchArray): Interval {
  const [low = '', high = low, ...more] = inner.split(',').map((part) => part.trim());
  if (more.length > 0 || (!inner.includes(',') && (low === '' || open !== '[' || close !== ']'))) {
    throw new BadRequestError(`Invalid version specification: ${open}${inner}${close}`);
  }
  const lower = low === '' ? undefined : { version: low, inclusive: open === '[' };
  const upper = high === '' ? undefined : { version: high, inclusive: close === ']' };
  if (lower !== undefined && upper !== undefined && compareVersions(lower.version, upper.version) > 0) {
    throw new BadRequestError(`Range defies version ordering: ${open}${inner}${close}`);
  }
  return { lower, upper };
}

function isAbove(version: string, bound: Bound | undefined): boolean {
  if (bound === undefined) return true;
  const order = compareVersions(version, bound.version);
  return order > 0 || (order === 0 && bound.inclusive);
}

function isBelow(version: string, bound: Bound | undefined): boolean {
  if (bound === undefined) return true;
  const order = compareVersions(version, bound.version);
  return order < 0 || (order === 0 && bound.inclusive);
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
