/**
 * Looks values up for variables `${name:path:key}` in configurations. Synchronous: the built-in ones read small local
 * files, when a configuration is validated or a connector or task starts.
 */
export interface ConfigProvider {
  /** how long its values hold, milliseconds; undefined: for as long as whoever has asked runs */
  readonly ttlMs?: number | undefined;
  /**
   * The values of those keys below `path` that exist; the variables of the others are left as they are. Throws a
   * `ConfigError` where the path cannot be read. `path` is empty for a variable without one.
   */
  get(path: string, keys: ReadonlySet<string>): ReadonlyMap<string, string>;
}
