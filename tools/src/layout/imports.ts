import { dirname, join } from 'node:path';

const STATEMENT = /^(?:import|export)\s(type\s)?(?:[^;'"]*\sfrom\s)?\s*['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

export interface Imports {
  /** what a text imports or exports again, as written, each once */
  readonly all: readonly string[];
  /** what is left of it when types are gone */
  readonly atRunTime: readonly string[];
}

/** Finds the imports of a TypeScript text. */
export function importsOf(text: string): Imports {
  const statements = [...text.matchAll(STATEMENT)].map(([, type, name = '']) => ({ name, type: type !== undefined }));
  const dynamic = [...text.matchAll(DYNAMIC)].map(([, name = '']) => ({ name, type: false }));
  const found = [...statements, ...dynamic];
  return {
    all: [...new Set(found.map(({ name }) => name))],
    atRunTime: [...new Set(found.filter(({ type }) => !type).map(({ name }) => name))],
  };
}

/** The package that an import names; undefined for a file of one's own and for what Node.js brings. */
export function packageOf(imported: string): string | undefined {
  if (imported.startsWith('.') || imported.startsWith('node:')) return undefined;
  return imported
    .split('/')
    .slice(0, imported.startsWith('@') ? 2 : 1)
    .join('/');
}

/** The source behind a relative import of the file at `path`; undefined for any other import. */
export function fileBehind(path: string, imported: string): string | undefined {
  return imported.startsWith('.') ? join(dirname(path), imported.replace(/\.js$/, '.ts')) : undefined;
}

/** The first circle in a graph, each node once and then the first again; undefined where there is none. */
export function circleIn(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const visit = (node: string, path: readonly string[]): string[] | undefined => {
    const at = path.indexOf(node);
    if (at >= 0) return [...path.slice(at), node];
    if (done.has(node)) return undefined;
    for (const next of graph.get(node) ?? []) {
      const circle = visit(next, [...path, node]);
      if (circle) return circle;
    }
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const circle = visit(node, []);
    if (circle) return circle;
  }
  return undefined;
}
