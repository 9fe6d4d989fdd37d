import type { PluginKind } from '@tributary/config-schemas';

const SUFFIXES: Readonly<Record<PluginKind, readonly string[]>> = {
  sink: ['Connector'],
  source: ['Connector'],
  transformation: ['Transformation'],
  predicate: ['Predicate'],
  converter: ['Converter'],
  header_converter: ['HeaderConverter', 'Converter'],
};

/** The class name without its package; a nested class keeps only its own name. */
export function simpleName(className: string): string {
  return className.slice(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
}

/** The simple name without the suffix of its kind: `FileStreamSource`, `Json`. */
export function prunedName(kind: PluginKind, className: string): string {
  const simple = simpleName(className);
  const suffix = SUFFIXES[kind].find((each) => simple.endsWith(each));
  return suffix === undefined ? simple : simple.slice(0, simple.length - suffix.length);
}

/**
 * Short names of classes. A name that more than one class could have is left out and told to `warn`, and so are nested
 * classes, whose simple names (`Key`, `Value`) say nothing.
 */
export function aliasesOf(
  plugins: Iterable<{ readonly kind: PluginKind; readonly className: string }>,
  warn: (message: string) => void,
): Map<string, string> {
  const candidates = new Map<string, Set<string>>();
  for (const { kind, className } of plugins) {
    if (className.includes('$')) continue;
    for (const alias of [simpleName(className), prunedName(kind, className)]) {
      const classes = candidates.get(alias) ?? new Set();
      candidates.set(alias, classes.add(className));
    }
  }
  const aliases = new Map<string, string>();
  for (const [alias, classes] of candidates) {
    const [only, ...others] = classes;
    if (only !== undefined && others.length === 0) aliases.set(alias, only);
    else warn(`Ignoring ambiguous alias '${alias}': it could be any of ${[...classes].join(', ')}`);
  }
  return aliases;
}
