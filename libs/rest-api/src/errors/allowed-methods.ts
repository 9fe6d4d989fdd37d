import type { Express } from 'express';

interface RouteLayer {
  readonly route?: { readonly methods: Readonly<Record<string, boolean>> };
  match(path: string): boolean;
}

/** The order in which the reference names methods. */
const ORDER = ['HEAD', 'DELETE', 'POST', 'GET', 'OPTIONS', 'PUT', 'PATCH'];

/**
 * The methods that can be used at this path, in upper case; empty where no route has it. HEAD comes with GET, OPTIONS
 * with any other.
 */
export function methodsAt(app: Express, path: string): readonly string[] {
  const layers = (app.router as unknown as { readonly stack: readonly RouteLayer[] }).stack;
  const methods = layers
    .filter((layer) => layer.route !== undefined && matches(layer, path))
    .flatMap((layer) => Object.keys(layer.route?.methods ?? {}));
  if (methods.length === 0) return [];
  const known = methods.map((method) => method.toUpperCase());
  const all = new Set([...(known.includes('GET') ? ['HEAD'] : []), ...known, 'OPTIONS']);
  return ORDER.filter((method) => all.has(method));
}

/** A path that cannot be decoded matches nothing. */
function matches(layer: RouteLayer, path: string): boolean {
  try {
    return layer.match(path);
  } catch {
    return false;
  }
}
