/** Levels as users of the reference know them, from silent to everything. */
export const LOG_LEVELS = ['OFF', 'FATAL', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'TRACE', 'ALL'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LoggerLevel {
  readonly level: LogLevel;
  /** when it was last changed, milliseconds since the epoch; null: never */
  readonly lastModified: number | null;
}

interface Known {
  level: LogLevel;
  lastModified: number | null;
  readonly apply: (level: LogLevel) => void;
}

/** The logger above all others. */
const ROOT = 'root';

/** The level of that name, whatever its case; undefined where there is none. */
export function logLevel(text: string): LogLevel | undefined {
  return LOG_LEVELS.find((level) => level === text.toUpperCase());
}

/**
 * Levels of loggers by dotted name. A logger has the level that was set for itself or for the nearest of its parents
 * (`a.b` for `a.b.c`), else the root's. Setting a level for a name sets it for all that is below it too.
 */
export class LogLevels {
  readonly #set = new Map<string, LogLevel>();
  readonly #known = new Map<string, Known>();
  readonly #listeners: ((namespace: string, level: LogLevel) => void)[] = [];

  constructor(
    root: LogLevel,
    private readonly now: () => number = () => Date.now(),
  ) {
    this.#set.set(ROOT, root);
    this.register(ROOT, () => undefined);
  }

  /** Makes a logger known; `apply` is called at once and whenever its level changes. */
  register(name: string, apply: (level: LogLevel) => void): void {
    const level = this.#effective(name);
    this.#known.set(name, { level, lastModified: null, apply });
    apply(level);
  }

  /** undefined: there is no logger of that name. */
  get(name: string): LoggerLevel | undefined {
    const known = this.#known.get(name === '' ? ROOT : name);
    return known && { level: known.level, lastModified: known.lastModified };
  }

  /** All loggers, by name. */
  all(): [string, LoggerLevel][] {
    const entries = [...this.#known].map(([name, { level, lastModified }]): [string, LoggerLevel] => [
      name,
      { level, lastModified },
    ]);
    return entries.sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** Names of the loggers whose level changed, sorted. A name that no logger has yet becomes one. */
  set(namespace: string, level: LogLevel): string[] {
    const changed = this.adopt(namespace, level);
    for (const listener of this.#listeners) listener(namespace, level);
    return changed;
  }

  /** Like {@link set}, for a level that was set elsewhere: listeners are not told. */
  adopt(namespace: string, level: LogLevel): string[] {
    const name = namespace === '' ? ROOT : namespace;
    for (const below of [...this.#set.keys()].filter((key) => isBelow(key, name))) this.#set.delete(below);
    this.#set.set(name, level);
    const changed: string[] = [];
    if (!this.#known.has(name)) {
      this.#known.set(name, { level, lastModified: this.now(), apply: () => undefined });
      changed.push(name);
    }
    for (const [known, entry] of this.#known) {
      const effective = this.#effective(known);
      if (effective === entry.level) continue;
      entry.level = effective;
      entry.lastModified = this.now();
      entry.apply(effective);
      changed.push(known);
    }
    return changed.sort();
  }

  /** What was set, for another thread's registry to {@link adopt} in this order. */
  settings(): [string, LogLevel][] {
    const depth = (name: string): number => (name === ROOT ? 0 : name.length);
    return [...this.#set].sort(([a], [b]) => depth(a) - depth(b));
  }

  onSet(listener: (namespace: string, level: LogLevel) => void): void {
    this.#listeners.push(listener);
  }

  #effective(name: string): LogLevel {
    for (let at = name; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
      const level = this.#set.get(at);
      if (level !== undefined) return level;
    }
    return this.#set.get(ROOT) ?? 'INFO';
  }
}

function isBelow(name: string, namespace: string): boolean {
  return namespace === ROOT ? name !== ROOT : name.startsWith(`${namespace}.`);
}
