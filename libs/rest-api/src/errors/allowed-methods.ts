import type { Express } from 'express';

interface RouteLayer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
  match(path: string): boolean;
}

/** The order in which the reference names methods. */
const ORDER = ['HEAD', 'DELETE', 'POST', 'GET', 'OPTIONS', 'PUT', 'PATCH'];

/**
 * The methods that can be used at this path, in upper case; empty where no route has it. HEAD comes with GET, OPTIONS
 * with any other.
 */
export function methodsAt(app: Express, path: string): readonly string[] {
  const methods = layersOf(app)
    .filter((layer) => layer.route !== undefined && matches(layer, path))
    .flatMap((layer) => Object.keys(layer.route?.methods ?? {}));
  if (methods.length === 0) return [];
  const known = methods.map((method) => method.toUpperCase());
  const all = new Set([...(known.includes('GET') ? ['HEAD'] : []), ...known, 'OPTIONS']);
  return ORDER.filter((method) => all.has(method));
}

/** One method at one path, with `:name` for what varies. */
export interface Route {
  readonly method: string;
  readonly path: string;
}

/** All that the application has. */
export function routesOf(app: Express): readonly Route[] {
  return layersOf(app).flatMap(({ route }) =>
    Object.keys(route?.methods ?? {}).map((method) => ({ method: method.toUpperCase(), path: route?.path ?? '' })),
  );
}

const layersOf = (app: Express): readonly RouteLayer[] =>
  (app.router as unknown as { readonly stack: readonly RouteLayer[] }).stack;

/** A path that cannot be decoded matches nothing. */
function matches(layer: RouteLayer, path: string): boolean {
  try {
    return layer.match(path);
  } catch {
    return false;
  }
}
